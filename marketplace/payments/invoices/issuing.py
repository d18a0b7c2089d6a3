"""Issues a buyer's documents: an invoice for each vendor order, a credit note for each refund.

The cooperative is the seller (decision 3), so that the documents are its own, with numbers that
follow one another in its own series and year. Paid in advance, the invoice is due when the money
was taken; paid to the carrier, when everything has arrived.
"""

from datetime import datetime
from fractions import Fraction
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from django.db import transaction
from django.db.models import Exists, OuterRef
from django.utils import timezone

from marketplace.core import audit
from marketplace.core.actors import Actor
from marketplace.core.documents.numbering import hash_of, next_number
from marketplace.core.money import Money
from marketplace.orders.models import PaymentMethod, VendorOrder, VendorOrderLine, VendorOrderState
from marketplace.orders.services.amounts import worth
from marketplace.payments.models import BuyerInvoice, BuyerInvoiceKind, Payment, Refund, RefundState
from vendors.legal_mentions import SELLER, mentions_for
from vendors.queries import seller_identifiers, tax_status_on
from vendors.scoping import Crossing

AT_ONCE = 500
_PREFIXES = {BuyerInvoiceKind.INVOICE: "F", BuyerInvoiceKind.CREDIT_NOTE: "A"}


def issue_due_invoices(*, by: Actor, now: datetime | None = None) -> int:
    """Issue what is due and not issued yet, oldest first; returns how many documents."""
    issued = 0
    for vendor_order_id in _orders_without_invoice()[:AT_ONCE]:
        issued += bool(issue_invoice(vendor_order_id=vendor_order_id, by=by, now=now))
    for refund_id in _refunds_without_note()[:AT_ONCE]:
        issued += bool(issue_credit_note(refund_id=refund_id, by=by, now=now))
    return issued


@transaction.atomic
def issue_invoice(
    *, vendor_order_id: UUID, by: Actor, now: datetime | None = None
) -> BuyerInvoice | None:
    """The invoice of a vendor order, issued now if it is due and there is none; None if not due."""
    vendor_order = _locked(vendor_order_id)
    known = _invoice_of(vendor_order_id)
    if known or not _is_due(vendor_order):
        return known
    now = now or timezone.now()
    lines = [line for line in map(_sold, vendor_order.lines.all()) if line["quantity"]]
    facts = _seller(vendor_order, now) | {
        "order": vendor_order.number,
        "placed_on": _day(vendor_order, vendor_order.placed_at).isoformat(),
        "payment_method": vendor_order.order.payment_method,
        "lines": lines,
        "shipping_minor": vendor_order.shipping_minor,
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
        "lines": _given_back(invoice, refund, list(earlier)),
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


def _orders_without_invoice() -> Any:
    documents = BuyerInvoice.objects.crossing(Crossing.SCHEDULED_JOB)
    invoices = documents.filter(vendor_order_id=OuterRef("pk"), kind=BuyerInvoiceKind.INVOICE)
    captured = Payment.objects.filter(order_id=OuterRef("order_id"), captured_at__isnull=False)
    rows = VendorOrder.objects.crossing(Crossing.SCHEDULED_JOB).filter(~Exists(invoices))
    paid = rows.filter(Exists(captured)).exclude(order__payment_method=PaymentMethod.CASH)
    brought = rows.filter(
        order__payment_method=PaymentMethod.CASH, state=VendorOrderState.DELIVERED
    )
    return (paid | brought).order_by("placed_at").values_list("pk", flat=True)


def _refunds_without_note() -> Any:
    documents = BuyerInvoice.objects.crossing(Crossing.SCHEDULED_JOB)
    notes = documents.filter(refund_id=OuterRef("pk"))
    invoices = documents.filter(vendor_order_id=OuterRef("vendor_order_id"))
    rows = Refund.objects.crossing(Crossing.SCHEDULED_JOB).filter(state=RefundState.MADE)
    return (
        rows.filter(~Exists(notes), Exists(invoices))
        .order_by("made_at", "requested_at")
        .values_list("pk", flat=True)
    )


def _is_due(vendor_order: VendorOrder) -> bool:
    if vendor_order.order.payment_method == PaymentMethod.CASH:
        return bool(vendor_order.state == VendorOrderState.DELIVERED)
    paid = Payment.objects.filter(order_id=vendor_order.order_id, captured_at__isnull=False)
    return paid.exists()


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


def _sold(line: VendorOrderLine) -> dict[str, Any]:
    """A line as bought; of one paid at the door what arrived."""
    quantity, currency = line.quantity, line.vendor_order.currency
    if line.vendor_order.order.payment_method == PaymentMethod.CASH:
        quantity = line.quantity_delivered
    total = worth(line, already=0, more=quantity)
    return {
        "line_id": str(line.pk),
        "title": line.title,
        "titles": line.titles,
        "quantity": quantity,
        "unit_minor": line.unit_minor,
        "total_minor": total,
        "tax_minor": _part(total, line.tax_minor, line.total_minor, currency),
        "tax_rate_bp": line.tax_rate_bp,
    }


def _given_back(
    invoice: BuyerInvoice, refund: Refund, earlier: list[BuyerInvoice]
) -> list[dict[str, Any]]:
    """The refund's lines, below zero; their taxes add up to the invoice's once all is back."""
    sold = {line["line_id"]: line for line in invoice.facts["lines"]}
    before = [line for note in earlier for line in note.facts["lines"]]
    found = []
    for row in refund.lines.all():
        line = sold.get(str(row.line_id))
        if line is None:
            continue
        gone = -sum(b["total_minor"] for b in before if b["line_id"] == line["line_id"])
        whole = (line["tax_minor"], line["total_minor"], invoice.currency)
        tax = _part(gone + row.amount_minor, *whole) - _part(gone, *whole)
        back = {"quantity": row.quantity, "total_minor": -row.amount_minor, "tax_minor": -tax}
        found.append({**line, **back})
    return found


def _part(part_minor: int, tax_minor: int, whole_minor: int, currency: str) -> int:
    if not whole_minor:
        return 0
    return Money(tax_minor, currency).share(Fraction(part_minor, whole_minor)).amount_minor


def _seller(vendor_order: VendorOrder, now: datetime) -> dict[str, Any]:
    """Who sells, by law, on the day; complete enough for an invoice or else a receipt."""
    seller = vendor_order.cooperative
    today = _day(vendor_order, now)
    ids = seller_identifiers(seller.pk, today)
    status = tax_status_on(seller.pk, _day(vendor_order, vendor_order.placed_at))
    wanted = mentions_for(seller.country_code, SELLER, today)
    return {
        "seller": {
            "name": seller.legal_name,
            "name_latin": seller.legal_name_latin,
            "address": seller.address_line,
            "place": seller.place_name,
            "country": seller.country_code,
            "ids": ids,
        },
        "vat": {
            "registered": bool(status and status.vat_registered),
            "exemption": status.exemption_mention if status else "",
        },
        "is_complete": all(ids.get(rule.kind) for rule in wanted if rule.is_required),
    }


def _taxes(lines: list[dict[str, Any]]) -> list[dict[str, int]]:
    """By rate: without tax, tax, and both together, in minor units."""
    found: dict[int, dict[str, int]] = {}
    for line in lines:
        sums = found.setdefault(
            line["tax_rate_bp"], {"rate_bp": line["tax_rate_bp"], "net_minor": 0, "tax_minor": 0}
        )
        sums["net_minor"] += line["total_minor"] - line["tax_minor"]
        sums["tax_minor"] += line["tax_minor"]
    return [found[rate] for rate in sorted(found)]


def _day(vendor_order: VendorOrder, moment: datetime) -> Any:
    return moment.astimezone(ZoneInfo(vendor_order.programme.time_zone)).date()


# long: the facts of an invoice, field by field
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
    today = _day(vendor_order, now)
    series = f"buyer:{kind.value}:{vendor_order.cooperative_id}"
    sequence = next_number(series, today.year)
    number = f"{_PREFIXES[kind]}-{today.year}-{sequence:06d}"
    taxes = _taxes(facts["lines"])
    total = sum(line["total_minor"] for line in facts["lines"]) + facts["shipping_minor"]
    facts = facts | {
        "number": number,
        "kind": kind.value,
        "issued_on": today.isoformat(),
        "currency": vendor_order.currency,
        "taxes": taxes,
        "total_minor": total,
    }
    invoice = BuyerInvoice.objects.create(
        cooperative_id=vendor_order.cooperative_id,
        kind=kind,
        vendor_order_id=vendor_order.pk,
        refund_id=refund_id,
        corrects=corrects,
        currency=vendor_order.currency,
        tax_minor=sum(row["tax_minor"] for row in taxes),
        total_minor=total,
        series=series,
        year=today.year,
        sequence=sequence,
        number=number,
        issued_on=today,
        issued_at=now,
        facts=facts,
        sha256=hash_of(facts),
    )
    audit.record("buyer_invoice.issued", invoice, by=by, number=number, kind=kind.value)
    return invoice
