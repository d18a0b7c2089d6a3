"""Issues a buyer's documents: an invoice for each vendor order, a credit note for each refund.

The cooperative is the seller (decision 3), so the documents are its own, numbered without gaps in
its own series and year. Paid in advance, the invoice is due when the payment was captured; paid to
the carrier, when everything has arrived.
"""

from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from marketplace.core import audit
from marketplace.core.actors import Actor
from marketplace.core.documents.numbering import hash_of, next_number
from marketplace.core.events import publish
from marketplace.orders.models import VendorOrder
from marketplace.payments.events import InvoiceIssued
from marketplace.payments.invoices.due import is_due, orders_without_invoice, refunds_without_note
from marketplace.payments.invoices.facts import (
    company_facts,
    invoice_line,
    local_day,
    refunded_lines,
    seller_facts,
    totals,
)
from marketplace.payments.models import BuyerInvoice, BuyerInvoiceKind, Refund, RefundState
from vendors.scoping import Crossing

AT_ONCE = 500


_PREFIXES = {BuyerInvoiceKind.INVOICE: "F", BuyerInvoiceKind.CREDIT_NOTE: "A"}


def issue_due_invoices(*, by: Actor, now: datetime | None = None) -> int:
    """Issue what is due and not issued yet, oldest first; returns how many documents."""
    issued = 0
    for vendor_order_id in orders_without_invoice()[:AT_ONCE]:
        issued += bool(issue_invoice(vendor_order_id=vendor_order_id, by=by, now=now))
    for refund_id in refunds_without_note()[:AT_ONCE]:
        issued += bool(issue_credit_note(refund_id=refund_id, by=by, now=now))
    return issued


@transaction.atomic
def issue_invoice(
    *, vendor_order_id: UUID, by: Actor, now: datetime | None = None
) -> BuyerInvoice | None:
    """The invoice of a vendor order, issued now if it is due and there is none; None if not due."""
    vendor_order = _locked(vendor_order_id)
    known = _invoice_of(vendor_order_id)
    if known or not is_due(vendor_order):
        return known
    now = now or timezone.now()
    lines = [line for line in map(invoice_line, vendor_order.lines.all()) if line["quantity"]]
    facts = seller_facts(vendor_order, now) | {
        "order": vendor_order.number,
        "placed_on": local_day(vendor_order, vendor_order.placed_at).isoformat(),
        "payment_method": vendor_order.order.payment_method,
        "lines": lines,
        "shipping_minor": vendor_order.shipping_minor,
        **company_facts(vendor_order.order),
    }
    return _write(vendor_order, BuyerInvoiceKind.INVOICE, facts, by=by, now=now)


@transaction.atomic
def issue_credit_note(
    *, refund_id: UUID, by: Actor, now: datetime | None = None
) -> BuyerInvoice | None:
    """The credit note of a refund that was made; None while its order has no invoice."""
    rows = Refund.objects.crossing(Crossing.SCHEDULED_JOB)
    refund = rows.prefetch_related("lines").get(pk=refund_id)
    vendor_order = _locked(refund.vendor_order_id)
    documents = BuyerInvoice.objects.crossing(Crossing.SCHEDULED_JOB)
    known: BuyerInvoice | None = documents.filter(refund_id=refund_id).first()
    invoice = _invoice_of(refund.vendor_order_id)
    if known or invoice is None or refund.state != RefundState.MADE:
        return known
    earlier = documents.filter(corrects=invoice)
    facts = {
        **invoice.facts,
        "lines": refunded_lines(invoice, refund, list(earlier)),
        "shipping_minor": -refund.shipping_minor,
        "corrects": invoice.number,
        "reason": refund.reason,
    }
    return _write(
        vendor_order,
        BuyerInvoiceKind.CREDIT_NOTE,
        facts,
        by=by,
        now=now or timezone.now(),
        corrects=invoice,
        refund_id=refund_id,
    )


def _locked(vendor_order_id: UUID) -> VendorOrder:
    rows = VendorOrder.objects.crossing(Crossing.SCHEDULED_JOB)
    found: VendorOrder = (
        rows.select_related("order", "cooperative", "programme")
        .select_for_update(of=("self",), no_key=True)
        .get(pk=vendor_order_id)
    )
    return found


def _invoice_of(vendor_order_id: UUID) -> BuyerInvoice | None:
    documents = BuyerInvoice.objects.crossing(Crossing.SCHEDULED_JOB)
    found: BuyerInvoice | None = documents.filter(
        vendor_order_id=vendor_order_id, kind=BuyerInvoiceKind.INVOICE
    ).first()
    return found


# long: the columns of a document, numbered and written in one transaction
def _write(
    vendor_order: VendorOrder,
    kind: BuyerInvoiceKind,
    facts: dict[str, Any],
    *,
    by: Actor,
    now: datetime,
    corrects: BuyerInvoice | None = None,
    refund_id: UUID | None = None,
) -> BuyerInvoice:
    today = local_day(vendor_order, now)
    series = f"buyer:{kind.value}:{vendor_order.cooperative_id}"
    sequence = next_number(series, today.year)
    number = f"{_PREFIXES[kind]}-{today.year}-{sequence:06d}"
    facts = facts | {
        "number": number,
        "kind": kind.value,
        "issued_on": today.isoformat(),
        "currency": vendor_order.currency,
        **totals(facts["lines"], facts["shipping_minor"]),
    }
    invoice = BuyerInvoice.objects.create(
        cooperative_id=vendor_order.cooperative_id,
        kind=kind,
        vendor_order_id=vendor_order.pk,
        refund_id=refund_id,
        corrects=corrects,
        currency=vendor_order.currency,
        tax_minor=sum(row["tax_minor"] for row in facts["taxes"]),
        total_minor=facts["total_minor"],
        series=series,
        year=today.year,
        sequence=sequence,
        number=number,
        issued_on=today,
        issued_at=now,
        facts=facts,
        sha256=hash_of(facts),
    )
    publish(
        InvoiceIssued(
            aggregate_id=vendor_order.pk,
            occurred_at=now,
            document_id=invoice.pk,
            vendor_order_id=vendor_order.pk,
            order_id=vendor_order.order_id,
        )
    )
    audit.record("buyer_invoice.issued", invoice, by=by, number=number, kind=kind.value)
    return invoice
