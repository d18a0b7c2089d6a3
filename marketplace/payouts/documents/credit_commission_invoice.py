"""Credits a commission invoice."""

from datetime import datetime

from django.db import transaction
from django.utils import timezone

from marketplace.core.actors import Actor
from marketplace.payouts.documents.commission_due import PostedCommission
from marketplace.payouts.documents.errors import AlreadyCredited
from marketplace.payouts.documents.facts import CreditNoteFacts, InvoiceFacts
from marketplace.payouts.documents.models import CommissionInvoice, CommissionInvoiceKind
from marketplace.payouts.documents.write_document import lock_cooperative, write_document
from vendors.scoping import CooperativeScope


@transaction.atomic
def credit_invoice(
    *, invoice: CommissionInvoice, reason: str, by: Actor, now: datetime | None = None
) -> CommissionInvoice:
    """Issue a credit note over an invoice's whole amount.

    What the invoice covered is due again: the month may be invoiced anew. Raises AlreadyCredited.
    """
    lock_cooperative(invoice.cooperative_id)
    documents = CommissionInvoice.objects.within(CooperativeScope(invoice.cooperative_id))
    is_invoice = invoice.kind == CommissionInvoiceKind.INVOICE
    if not is_invoice or documents.filter(corrects=invoice).exists():
        raise AlreadyCredited
    return write_document(
        kind=CommissionInvoiceKind.CREDIT_NOTE,
        programme=invoice.programme,
        cooperative=invoice.cooperative,
        month=invoice.month,
        facts=_negated(invoice, reason),
        covers=PostedCommission(-invoice.covers_commission_minor, -invoice.covers_tax_minor),
        corrects=invoice,
        by=by,
        now=now or timezone.now(),
    )


def _negated(invoice: CommissionInvoice, reason: str) -> CreditNoteFacts:
    facts: InvoiceFacts = invoice.facts
    return {
        **facts,
        "corrects": invoice.number,
        "reason": reason,
        "net_minor": -facts["net_minor"],
        "tax_minor": -facts["tax_minor"],
        "total_minor": -facts["total_minor"],
        "lines": [
            {**line, "net_minor": -line["net_minor"], "base_minor": -line["base_minor"]}
            for line in facts["lines"]
        ],
    }
