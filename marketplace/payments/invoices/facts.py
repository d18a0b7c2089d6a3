"""What a buyer's invoice states, kept with its hash. Amounts are minor units of its currency."""

from datetime import date, datetime
from fractions import Fraction
from typing import Any, NotRequired, TypedDict

from marketplace.core.days import day_of
from marketplace.core.money import Money
from marketplace.orders.models import Order, PaymentMethod, VendorOrder, VendorOrderLine
from marketplace.orders.services.amounts import worth
from marketplace.payments.models import BuyerInvoice, Refund
from vendors.legal_mentions import SELLER, mentions_for
from vendors.queries import seller_identifiers, tax_status_on
from vendors.vat_exemptions import frozen


class InvoiceLine(TypedDict):
    """A line of an invoice; of a credit note below zero. ``total_minor`` includes ``tax_minor``.

    ``unit_minor`` is before a voucher, and ``total_minor`` after it: it is taken off before tax.
    """

    line_id: str
    title: str
    titles: dict[str, str]
    quantity: int
    unit_minor: int
    total_minor: int
    tax_minor: int
    tax_rate_bp: int
    # Whether a voucher took something off.
    has_voucher: NotRequired[bool]


class TaxTotal(TypedDict):
    """The sums of the lines with one rate, without and of tax."""

    rate_bp: int
    net_minor: int
    tax_minor: int


class Totals(TypedDict):
    """The sums of an invoice by tax rate, and its total with delivery."""

    taxes: list[TaxTotal]
    total_minor: int


def invoice_line(line: VendorOrderLine) -> InvoiceLine:
    """A line as bought; of an order paid on delivery what arrived."""
    quantity, currency = line.quantity, line.vendor_order.currency
    if line.vendor_order.order.payment_method == PaymentMethod.CASH:
        quantity = line.quantity_delivered
    total = worth(line, already=0, more=quantity)
    found: InvoiceLine = {
        "line_id": str(line.pk),
        "title": line.title,
        "titles": line.titles,
        "quantity": quantity,
        "unit_minor": line.unit_minor,
        "total_minor": total,
        "tax_minor": _tax_share(total, line.tax_minor, line.total_minor, currency),
        "tax_rate_bp": line.tax_rate_bp,
    }
    if line.discount_minor:
        found["has_voucher"] = True
    return found


def discount_on(line: InvoiceLine) -> int:
    """What a voucher took off a line as it is shown, below zero."""
    if not line.get("has_voucher"):
        return 0
    return abs(line["total_minor"]) - line["unit_minor"] * line["quantity"]


def refunded_lines(
    invoice: BuyerInvoice, refund: Refund, earlier: list[BuyerInvoice]
) -> list[InvoiceLine]:
    """The refund's lines, below zero; their taxes sum to the invoice's once all is refunded."""
    sold: dict[str, InvoiceLine] = {line["line_id"]: line for line in invoice.facts["lines"]}
    before = [line for note in earlier for line in note.facts["lines"]]
    found: list[InvoiceLine] = []
    for row in refund.lines.all():
        line = sold.get(str(row.line_id))
        if line is None:
            continue
        gone = -sum(b["total_minor"] for b in before if b["line_id"] == line["line_id"])
        whole = (line["tax_minor"], line["total_minor"], invoice.currency)
        tax = _tax_share(gone + row.amount_minor, *whole) - _tax_share(gone, *whole)
        found.append(
            {
                **line,
                # A part of a price that was refunded is one item of its own.
                "quantity": row.quantity or 1,
                "unit_minor": line["unit_minor"] if row.quantity else row.amount_minor,
                "total_minor": -row.amount_minor,
                "tax_minor": -tax,
            }
        )
    return found


def _tax_share(part_minor: int, tax_minor: int, whole_minor: int, currency: str) -> int:
    if not whole_minor:
        return 0
    return Money(tax_minor, currency).share(Fraction(part_minor, whole_minor)).amount_minor


def seller_facts(vendor_order: VendorOrder, now: datetime) -> dict[str, Any]:
    """The seller by law on the day; ``is_complete`` enough for an invoice, or else a receipt."""
    seller = vendor_order.cooperative
    today = local_day(vendor_order, now)
    ids = seller_identifiers(seller.pk, today)
    status = tax_status_on(seller.pk, local_day(vendor_order, vendor_order.placed_at))
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
            "exemption": frozen(status.exemption_code, status.exemption_texts) if status else {},
        },
        "is_complete": all(ids.get(rule.kind) for rule in wanted if rule.is_required),
    }


def company_facts(order: Order) -> dict[str, Any]:
    """The company that buys, which the law wants on its invoice; nothing of a household."""
    if not order.company_name:
        return {}
    return {
        "company": {
            "name": order.company_name,
            "number": order.company_number,
            "purchase_order": order.purchase_order,
        }
    }


def totals(lines: list[InvoiceLine], shipping_minor: int) -> Totals:
    """The sums of the lines, and of delivery, on which there is no tax."""
    total_minor = sum(line["total_minor"] for line in lines) + shipping_minor
    return {"taxes": _taxes(lines), "total_minor": total_minor}


def _taxes(lines: list[InvoiceLine]) -> list[TaxTotal]:
    found: dict[int, TaxTotal] = {}
    for line in lines:
        sums = found.setdefault(
            line["tax_rate_bp"], {"rate_bp": line["tax_rate_bp"], "net_minor": 0, "tax_minor": 0}
        )
        sums["net_minor"] += line["total_minor"] - line["tax_minor"]
        sums["tax_minor"] += line["tax_minor"]
    return [found[rate] for rate in sorted(found)]


def local_day(vendor_order: VendorOrder, moment: datetime) -> date:
    """The day of an instant in the programme's time zone."""
    return day_of(moment, vendor_order.programme.time_zone)
