"""Writes a commission invoice or credit note with the next number of its series."""

from datetime import date, datetime
from uuid import UUID

from marketplace.core import audit
from marketplace.core.actors import Actor
from marketplace.core.days import day_of
from marketplace.core.documents.numbering import hash_of, next_number
from marketplace.payouts.documents.commission_due import PostedCommission
from marketplace.payouts.documents.facts import InvoiceFacts
from marketplace.payouts.documents.models import CommissionInvoice, CommissionInvoiceKind
from vendors.models import Cooperative, Programme
from vendors.scoping import CooperativeScope

_PREFIXES = {CommissionInvoiceKind.INVOICE: "C", CommissionInvoiceKind.CREDIT_NOTE: "CA"}


def lock_cooperative(cooperative_id: UUID) -> Cooperative:
    """The cooperative, locked: its documents are issued one after the other."""
    rows = Cooperative.objects.within(CooperativeScope(cooperative_id))
    found: Cooperative = rows.select_for_update(no_key=True).get()
    return found


# long: one transaction: number, facts and rows of a document
def write_document(
    *,
    kind: CommissionInvoiceKind,
    programme: Programme,
    cooperative: Cooperative,
    month: date,
    facts: InvoiceFacts,
    covers: PostedCommission,
    corrects: CommissionInvoice | None,
    by: Actor,
    now: datetime,
) -> CommissionInvoice:
    """Store a document as issued; call it in the transaction that decided on it."""
    today = day_of(now, programme.time_zone)
    series = f"commission:{kind.value}:{programme.pk}"
    sequence = next_number(series, today.year)
    number = f"{_PREFIXES[kind]}-{today.year}-{sequence:06d}"
    issued = {**facts, "number": number, "kind": kind.value, "issued_on": today.isoformat()}
    document = CommissionInvoice.objects.create(
        programme=programme,
        cooperative=cooperative,
        kind=kind,
        corrects=corrects,
        month=month,
        currency=facts["currency"],
        net_minor=facts["net_minor"],
        tax_minor=facts["tax_minor"],
        covers_commission_minor=covers.commission_minor,
        covers_tax_minor=covers.tax_minor,
        series=series,
        year=today.year,
        sequence=sequence,
        number=number,
        issued_on=today,
        issued_at=now,
        facts=issued,
        sha256=hash_of(issued),
    )
    audit.record("commission_invoice.issued", document, by=by, number=number, kind=kind.value)
    return document
