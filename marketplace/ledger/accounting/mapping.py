"""Our accounts in the programme's own chart: dated, from a shipped plan until somebody edits it.

``data/chart_plans.csv`` holds a plan for each country; a programme's own lines, which its finance
staff edit, go before it. The line with the latest day that has begun counts.
"""

from collections.abc import Mapping
from datetime import date
from functools import cache
from pathlib import Path
from typing import NamedTuple

from django.db import transaction

from marketplace.core import audit
from marketplace.core.actors import Actor
from marketplace.core.dated import holds_on, read_rules, span_of
from marketplace.ledger.accounting.periods import closed_until
from marketplace.ledger.chart import AccountCode
from marketplace.ledger.errors import DayIsClosed
from marketplace.ledger.models import Book, MappedAccount
from marketplace.ledger.permissions import finance_person
from marketplace.ledger.posting import book_of
from vendors.models import Programme
from vendors.permissions import StaffPermission

PLANS_FILE = Path(__file__).parent.parent / "data" / "chart_plans.csv"


class PlanLine(NamedTuple):
    """An account of a country's plan; ``country`` empty: for all others."""

    valid_from: date
    valid_to: date | None
    country: str
    code: AccountCode
    number: str
    label: str
    source: str


class Mapped(NamedTuple):
    """Number and label under which an account is shown to the accountant, and whence."""

    number: str
    label: str
    source: str
    is_own: bool


@cache
def known_plans() -> tuple[PlanLine, ...]:
    """The shipped plans."""
    return read_rules(PLANS_FILE, _line)


def mapping_on(book: Book, on: date) -> Mapping[AccountCode, Mapped]:
    """What each account is called on a day: the programme's own line, else the country's plan."""
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


@transaction.atomic
def map_account(
    *,
    programme: Programme,
    code: AccountCode,
    number: str,
    label: str,
    valid_from: date,
    source: str,
    by: Actor,
) -> MappedAccount:
    """Say what an account is called in the programme's chart from a day on.

    Raises DayIsClosed for a day of a closed period: what was signed stays as it was; Forbidden.
    """
    finance_person(by, programme, StaffPermission.BOOKS_KEEP)
    book = book_of(programme.pk)
    closed = closed_until(book)
    if closed is not None and valid_from <= closed:
        raise DayIsClosed(day=closed)
    row, _made = MappedAccount.objects.update_or_create(
        book=book,
        code=code,
        valid_from=valid_from,
        defaults={"number": number, "label": label, "source": source},
    )
    audit.record("books.map", row, by=by, code=code.value, number=number, source=source)
    return row


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
