"""VAT on the commission: the rate, and whether it is charged at all.

The rates are dated data (``data/commission_vat.csv``), each with its source; a programme's own row
precedes its country's, and of equals the latest applies. A payer charges VAT if its identifiers for
invoices are known and it is not exempt. The rate is frozen with each order line, VAT is posted
beside the commission, and an invoice states what was posted.
"""

from collections.abc import Mapping, Sequence
from datetime import date
from functools import cache
from pathlib import Path
from typing import NamedTuple

from marketplace.core.dated import read_rules, rule_on, span_of
from marketplace.core.money import WHOLE_BP
from vendors.legal_mentions import PAYER, VAT_EXEMPTION, mentions_for
from vendors.models import Programme
from vendors.queries import payer_identifiers

VAT_FILE = Path(__file__).parent.parent / "data" / "commission_vat.csv"


class Vat(NamedTuple):
    """A rate in basis points (2000 = 20 %), included in the agreed commission or added to it."""

    rate_bp: int
    is_included: bool


NOT_CHARGED = Vat(0, is_included=True)


class CommissionVat(NamedTuple):
    """One dated rate; an empty programme or country means all."""

    valid_from: date
    valid_to: date | None
    programme: str
    country: str
    rate_bp: int
    is_included: bool
    source: str


@cache
def known_rates() -> tuple[CommissionVat, ...]:
    """The rates of the file."""
    return read_rules(VAT_FILE, _rate)


def vat_of(programme: Programme, on: date) -> Vat | None:
    """What a programme's payer charges on a day; None if it must charge VAT and no rate is known.

    NOT_CHARGED while its identifiers are missing, because it cannot issue invoices then.
    """
    known = payer_identifiers(programme, on)
    if known.get(VAT_EXEMPTION) or _lacking(programme, on, known):
        return NOT_CHARGED
    return rate_for(programme.slug, country_of(programme), on)


def rate_for(
    programme: str, country: str, on: date, *, known: Sequence[CommissionVat] | None = None
) -> Vat | None:
    """The rate of a payer that charges VAT; None if unknown."""
    fitting = (
        rate
        for rate in (known_rates() if known is None else known)
        if rate.programme in {"", programme} and rate.country in {"", country}
    )
    best = rule_on(fitting, on, is_own=lambda rate: (bool(rate.programme), bool(rate.country)))
    return Vat(best.rate_bp, best.is_included) if best else None


def country_of(programme: Programme) -> str:
    """The country of the legal payer."""
    return programme.country_codes[0] if programme.country_codes else ""


def missing_mentions(programme: Programme, on: date) -> list[str]:
    """The kinds of mentions required on the payer's invoices that are not known."""
    return _lacking(programme, on, payer_identifiers(programme, on))


def _lacking(programme: Programme, on: date, known: Mapping[str, str]) -> list[str]:
    wanted = mentions_for(country_of(programme), PAYER, on)
    return [rule.kind for rule in wanted if rule.is_required and not known.get(rule.kind)]


def _rate(row: dict[str, str]) -> CommissionVat:
    valid_from, ends = span_of(row)
    rate, is_included = int(row["rate_bp"]), {"yes": True, "no": False}[row["included"]]
    if not 0 <= rate <= WHOLE_BP or not row["source"].strip():
        raise ValueError("the rate or the source is missing or wrong")
    return CommissionVat(
        valid_from, ends, row["programme"], row["country"], rate, is_included, row["source"]
    )
