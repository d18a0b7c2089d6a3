"""The book's accounts in the programme's own chart of accounts, by date.

``data/chart_plans.csv`` has a plan for each country; a programme's own lines, edited by its finance
staff, precede it. Of several lines the latest begun applies.
"""

from collections.abc import Mapping
from datetime import date
from functools import cache
from pathlib import Path
from typing import NamedTuple

from marketplace.core.dated import holds_on, read_rules, span_of
from marketplace.ledger.chart import AccountCode
from marketplace.ledger.models import Book, MappedAccount

PLANS_FILE = Path(__file__).parent.parent / "data" / "chart_plans.csv"


class PlanLine(NamedTuple):
    """An account in a country's plan; an empty ``country`` is the default."""

    valid_from: date
    valid_to: date | None
    country: str
    code: AccountCode
    number: str
    label: str
    source: str


class Mapped(NamedTuple):
    """Number and label of an account in the programme's chart, and their source."""

    number: str
    label: str
    source: str
    is_own: bool


@cache
def known_plans() -> tuple[PlanLine, ...]:
    """The shipped plans."""
    return read_rules(PLANS_FILE, _line)


def mapping_on(book: Book, on: date) -> Mapping[AccountCode, Mapped]:
    """Number and label of each account on a day: the programme's own, else the country's plan."""
    country = (book.programme.country_codes or [""])[0]
    found: dict[AccountCode, Mapped] = {}
    plans = [p for p in known_plans() if holds_on(on, p.valid_from, p.valid_to)]
    for line in sorted(plans, key=lambda p: (p.country == country, p.valid_from)):
        if line.country in {"", country}:
            found[line.code] = Mapped(line.number, line.label, line.source, is_own=False)
    own = MappedAccount.objects.filter(book=book, valid_from__lte=on).order_by("valid_from")
    for row in own:
        found[AccountCode(row.code)] = Mapped(row.number, row.label, row.source, is_own=True)
    return found


def _line(row: dict[str, str]) -> PlanLine:
    valid_from, ends = span_of(row)
    if not row["number"].strip() or not row["source"].strip():
        raise ValueError("the number or the source is missing")
    return PlanLine(
        valid_from,
        ends,
        row["country"],
        AccountCode(row["code"]),
        row["number"],
        row["label"],
        row["source"],
    )
