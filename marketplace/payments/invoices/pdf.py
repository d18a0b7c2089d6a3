"""A buyer's invoice, receipt or credit note as a PDF, drawn from its facts in any language."""

from datetime import date
from typing import IO, Any

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from marketplace.core.documents.drawing import (
    Column,
    Document,
    Note,
    Pair,
    Party,
    Table,
    draw_into,
    isolated,
)
from marketplace.core.documents.foreign_notes import note_in
from marketplace.core.documents.rates import percent_of
from marketplace.core.formats import Format
from marketplace.core.market_usage import speaking
from marketplace.core.word_lists import listed
from marketplace.orders.company_labels import number_label
from marketplace.orders.models import Order, PaymentMethod
from marketplace.orders.reasons import reason_in_words
from marketplace.payments.invoices.facts import InvoiceLine, discount_on
from marketplace.payments.models import BuyerInvoice, BuyerInvoiceKind
from vendors.legal_mentions import SELLER, mentions_for
from vendors.vat_exemptions import words_of


def buyer_invoice_pdf(target: IO[bytes], invoice: BuyerInvoice, order: Order) -> None:
    """Write the document as issued; the buyer's name comes from the order, while it is stored."""
    with speaking(get_language() or "en", order.market):
        _draw(target, invoice, order)


def _draw(target: IO[bytes], invoice: BuyerInvoice, order: Order) -> None:
    facts, language = invoice.facts, get_language() or "en"
    written = Format(language, order.market)
    draw_into(
        target,
        Document(
            title=_title(invoice),
            subtitle=_("Order %(number)s of %(day)s")
            % {
                "number": isolated(facts["order"]),
                "day": written.day(
                    date.fromisoformat(facts["placed_on"]), weekday=False, year=True
                ),
            },
            number=invoice.number,
            dated=written.day(invoice.issued_on, weekday=False, year=True),
            parties=[
                _seller(facts["seller"], invoice.issued_on, language),
                _buyer(order, facts.get("company", {}), written),
            ],
            tables=_tables(invoice, written, language),
            notes=_notes(facts, language),
            footer=f"{isolated(invoice.number)} · SHA-256 {isolated(invoice.sha256[:16])}",
        ),
    )


def _title(invoice: BuyerInvoice) -> str:
    if invoice.kind == BuyerInvoiceKind.CREDIT_NOTE:
        return _("Credit note")
    return _("Invoice") if invoice.facts["is_complete"] else _("Receipt")


def _seller(facts: dict[str, Any], on: date, language: str) -> Party:
    address = listed(part for part in (facts["address"], facts["place"]) if part)
    known = [
        (rule.label(language), facts["ids"][rule.kind])
        for rule in mentions_for(facts["country"], SELLER, on)
        if facts["ids"].get(rule.kind)
    ]
    return Party(_("Seller"), isolated(facts["name"]), [isolated(address)], known)


def _buyer(order: Order, company: dict[str, str], written: Format) -> Party:
    """The least that names a buyer: anyone with the order's link can open the document.

    A company as it was when the invoice was issued, with its number.
    """
    country = written.country(order.country_code)
    if not company:
        return Party(_("Buyer"), isolated(order.name or _("Name no longer stored")), [country])
    label = number_label(order.country_code, order.placed_at.date(), written.language)
    known = [(label, company["number"]), (_("Purchase order"), company["purchase_order"])]
    lines = [isolated(order.name), country] if order.name else [country]
    ids = [(name, isolated(value)) for name, value in known if value]
    return Party(_("Buyer"), isolated(company["name"]), lines, ids)


def _tables(invoice: BuyerInvoice, written: Format, language: str) -> list[Table]:
    facts, currency = invoice.facts, invoice.currency
    has_voucher = any(discount_on(line) for line in facts["lines"])
    columns = [
        Column(_("Product"), "wide"),
        Column(_("Quantity"), "number"),
        Column(_("Price"), "number"),
        *([Column(_("Voucher"), "number")] if has_voucher else []),
        Column(_("VAT"), "number"),
        Column(_("Amount"), "number"),
    ]
    lines = [
        _row(line, written, language, currency, has_voucher=has_voucher) for line in facts["lines"]
    ]
    return [Table(columns, lines, totals=_totals(facts, written, currency))]


def _row(
    line: InvoiceLine, written: Format, language: str, currency: str, *, has_voucher: bool
) -> tuple[str, ...]:
    return (
        isolated(line["titles"].get(language) or line["title"]),
        written.number(line["quantity"]),
        written.amount(line["unit_minor"], currency),
        *([written.amount(discount_on(line), currency)] if has_voucher else []),
        percent_of(line["tax_rate_bp"], written),
        written.amount(line["total_minor"], currency),
    )


def _totals(facts: dict[str, Any], written: Format, currency: str) -> list[Pair]:
    """Labels and amounts by tax rate, of delivery, and in all."""
    totals: list[Pair] = []
    for row in facts["taxes"]:
        rate = {"rate": percent_of(row["rate_bp"], written)}
        without = (_("Goods excluding VAT (%(rate)s)") % rate, row["net_minor"])
        tax = (_("VAT %(rate)s") % rate, row["tax_minor"])
        totals += [(label, written.money(amount, currency)) for label, amount in (without, tax)]
    if facts["shipping_minor"]:
        totals.append(
            (
                _("Delivery, passed on to the carrier"),
                written.money(facts["shipping_minor"], currency),
            )
        )
    totals.append((_("Total"), written.money(facts["total_minor"], currency), True))
    return totals


def _notes(facts: dict[str, Any], language: str) -> list[str | Note]:
    found: list[str | Note] = []
    if facts.get("corrects"):
        correction = {
            "number": isolated(facts["corrects"]),
            "reason": isolated(reason_in_words(facts["reason"])),
        }
        found.append(_("Refund on invoice %(number)s: %(reason)s") % correction)
    if not facts["vat"]["registered"]:
        mention = words_of(facts["vat"]["exemption"], language)
        found += [note_in(*each[:2], is_small=each.is_small) for each in mention]
        if not mention:
            found.append(_("The seller charges no VAT."))
    if facts.get("corrects"):
        return found
    method = facts["payment_method"]
    if method == PaymentMethod.CASH:
        found.append(_("Paid in cash to the carrier on delivery."))
    elif method == PaymentMethod.CARD:
        found.append(_("Paid by card."))
    else:
        found.append(_("Paid in advance."))
    return found
