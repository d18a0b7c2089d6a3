"""A commission invoice or credit note as a PDF, drawn from its facts in any language."""

from datetime import date
from typing import IO, Any

from django.utils.translation import get_language, ngettext, pgettext
from django.utils.translation import gettext as _

from marketplace.core.documents.drawing import (
    Column,
    Document,
    Note,
    Party,
    Table,
    draw_into,
    isolated,
)
from marketplace.core.documents.foreign_notes import note_in
from marketplace.core.documents.rates import percent_of
from marketplace.core.formats import Format
from marketplace.core.word_lists import listed
from marketplace.payouts.documents.models import CommissionInvoice, CommissionInvoiceKind
from vendors.legal_mentions import ADDRESS, PAYER, SELLER, VAT_EXEMPTION, mentions_for
from vendors.vat_exemptions import words_of


def commission_invoice_pdf(target: IO[bytes], invoice: CommissionInvoice) -> None:
    """Write the document as issued, in the reader's language."""
    facts, language = invoice.facts, get_language() or "en"
    market = facts["cooperative"]["country"].lower()
    written = Format(language, market)
    is_credit = invoice.kind == CommissionInvoiceKind.CREDIT_NOTE
    draw_into(
        target,
        Document(
            title=_("Credit note, commission") if is_credit else _("Commission invoice"),
            subtitle=written.month(invoice.month),
            number=invoice.number,
            dated=written.day(invoice.issued_on, weekday=False, year=True),
            parties=[
                _party(_("From"), facts["payer"], PAYER, invoice.issued_on, language),
                _party(_("To"), facts["cooperative"], SELLER, invoice.issued_on, language),
            ],
            tables=[_table(facts, written)],
            notes=_notes(facts, language),
            footer=f"{isolated(invoice.number)} · SHA-256 {isolated(invoice.sha256[:16])}",
            market=market,
        ),
    )


def _notes(facts: dict[str, Any], language: str) -> list[str | Note]:
    notes: list[str | Note] = [
        _("%(payer)s collects the price of the goods on behalf of the cooperative, which "
"is the seller, and deducts this commission from it: nothing remains to be "
"paid.")
        % {"payer": isolated(facts["payer"]["name"])}
    ]  # fmt: skip
    payer = facts["payer"]
    mention = words_of(payer.get("vat_exemption") or payer["ids"].get(VAT_EXEMPTION), language)
    notes[:0] = [note_in(*each[:2], is_small=each.is_small) for each in mention]
    if facts.get("corrects"):
        correction = {"number": isolated(facts["corrects"]), "reason": isolated(facts["reason"])}
        notes.insert(0, _("Cancels invoice %(number)s: %(reason)s") % correction)
    return notes


def _party(title: str, facts: dict[str, Any], party: str, on: date, language: str) -> Party:
    rules = mentions_for(facts["country"], party, on)
    shown = [rule for rule in rules if rule.kind not in {ADDRESS, VAT_EXEMPTION}]
    ids = facts["ids"]
    address = ids.get(ADDRESS) or listed(
        part for part in (facts.get("address"), facts.get("place")) if part
    )
    return Party(
        title,
        isolated(facts["name"]),
        [isolated(address)] if address else [],
        [(rule.label(language), ids[rule.kind]) for rule in shown if ids.get(rule.kind)],
    )


def _table(facts: dict[str, Any], written: Format) -> Table:
    currency = facts["currency"]
    rows = [
        (
            _described(line),
            written.amount(line["base_minor"], currency) if line["base_minor"] else "–",
            written.amount(line["net_minor"], currency),
        )
        for line in facts["lines"]
    ]
    rates = facts.get("tax_rates_bp") or [facts.get("tax_rate_bp", 0)]
    rate = " + ".join(percent_of(each, written) for each in rates)
    return Table(
        [
            Column(pgettext("paper", "Description"), "wide"),
            Column(_("Sales concerned"), "number"),
            Column(_("Excluding VAT"), "number"),
        ],
        rows,
        totals=[
            (_("Total excluding VAT"), written.money(facts["net_minor"], currency)),
            (_("VAT %(rate)s") % {"rate": rate}, written.money(facts["tax_minor"], currency)),
            (_("Total including VAT"), written.money(facts["total_minor"], currency), True),
        ],
    )


def _described(line: dict[str, Any]) -> str:
    if line["of"] == "earlier":
        return _("Commission of earlier months booked later")
    count = line["sales"]
    return ngettext(
        "Commission on %(count)s sale of the month", "Commission on %(count)s sales of the month",
        count,
    ) % {"count": count}  # fmt: skip
