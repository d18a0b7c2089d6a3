"""Posting: every movement is one balanced transaction, once for each cause."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from django.db import connection, transaction
from django.db.models import Q

from marketplace.core.money import Money
from marketplace.payouts.errors import KeyReused
from marketplace.payouts.ledger.chart import COOPERATIVE_ACCOUNTS, AccountCode, Cause
from marketplace.payouts.ledger.models import Account, Book, LedgerTransaction
from vendors.scoping import Crossing


class UnbalancedLegs(ValueError):
    """The legs do not sum to zero in each currency, or there are fewer than two."""


@dataclass(frozen=True)
class Leg:
    """One side of a movement: debit positive, credit negative."""

    code: AccountCode
    money: Money


@dataclass(frozen=True)
class About:
    """What a movement is about, beside its cause."""

    cooperative_id: UUID | None = None
    sale_id: UUID | None = None
    payout_line_id: UUID | None = None
    memo: str = ""


def book_of(programme_id: UUID) -> Book:
    """The programme's book, opened on first use."""
    return Book.objects.select_related("programme").get_or_create(programme_id=programme_id)[0]


def booked_on(book: Book, moment: datetime) -> date:
    """The accounting day of a moment: the date in the programme's time zone."""
    return moment.astimezone(ZoneInfo(book.programme.time_zone)).date()


@dataclass(frozen=True)
class Posting:
    """One movement to book: what ``post`` takes, as a value."""

    book: Book
    key: str
    cause: Cause
    legs: Sequence[Leg]
    occurred_at: datetime
    booked_on: date
    about: About = About()


def post(
    *,
    book: Book,
    key: str,
    cause: Cause,
    legs: Sequence[Leg],
    occurred_at: datetime,
    booked_on: date,
    about: About | None = None,
) -> LedgerTransaction:
    """Book a movement; posting the same key again returns the first and changes nothing.

    A day of a closed period becomes the first open day; ``occurred_at`` stays.

    Raises UnbalancedLegs, and KeyReused when the key is known with other amounts.
    """
    post_all([Posting(book, key, cause, legs, occurred_at, booked_on, about or About())])
    row: LedgerTransaction = _transactions().get(key=key)
    return row


# No savepoint of its own: when it refuses, whoever called it has gone wrong as well.
@transaction.atomic(savepoint=False)
def post_all(postings: Sequence[Posting]) -> None:
    """Book movements, all of them or none, each as ``post`` does and with its errors."""
    wanted = [replace(each, legs=[leg for leg in each.legs if leg.money]) for each in postings]
    for each in wanted:
        _require_balance(each.legs)
    if not wanted:
        return
    new = _begin(_into_open_periods(wanted))
    fresh = [each for each in wanted if each.key in new]
    if fresh:
        _enter(new, fresh)
    for each in wanted:
        if each.key not in new:
            _require_same(_transactions().get(key=each.key), each.legs)


_CLOSED = """
SELECT book_id, max(last_on) FROM payouts_periodclosing WHERE book_id = ANY(%s) GROUP BY book_id
"""


def _into_open_periods(postings: Sequence[Posting]) -> list[Posting]:
    """What is heard late of a closed period is booked on the first open day."""
    with connection.cursor() as cursor:
        cursor.execute(_CLOSED, [list({each.book.pk for each in postings})])
        closed: dict[UUID, date] = dict(cursor.fetchall())
    return [
        replace(each, booked_on=closed[each.book.pk] + timedelta(days=1))
        if each.book.pk in closed and each.booked_on <= closed[each.book.pk]
        else each
        for each in postings
    ]


def _transactions() -> Any:
    return LedgerTransaction.objects.crossing(Crossing.LEDGER_POSTING)


# A key that another process is booking is waited for, and then left as it was booked.
_BEGIN = """
INSERT INTO payouts_ledgertransaction (book_id, key, cause, cooperative_id, sale_id,
    payout_line_id, memo, entry_count, occurred_at, booked_on, recorded_at)
SELECT book_id, key, cause, cooperative_id, sale_id, payout_line_id, memo, entry_count,
    occurred_at, booked_on, statement_timestamp()
FROM unnest(%s::uuid[], %s::text[], %s::text[], %s::uuid[], %s::uuid[], %s::uuid[], %s::text[],
    %s::int[], %s::timestamptz[], %s::date[]) WITH ORDINALITY
    AS wanted(book_id, key, cause, cooperative_id, sale_id, payout_line_id, memo, entry_count,
        occurred_at, booked_on, position)
ORDER BY position
ON CONFLICT (key) DO NOTHING RETURNING key, id
"""

_ENTER = """
INSERT INTO payouts_entry (transaction_id, account_id, amount_minor, currency)
SELECT transaction_id, account_id, amount_minor, currency
FROM unnest(%s::bigint[], %s::bigint[], %s::bigint[], %s::text[]) WITH ORDINALITY
    AS wanted(transaction_id, account_id, amount_minor, currency, position)
ORDER BY position
"""


def _begin(postings: Sequence[Posting]) -> dict[str, int]:
    """Write the rows of movements whose keys are new; their ids by key."""
    rows = [
        (
            each.book.pk,
            each.key,
            each.cause.value,
            each.about.cooperative_id,
            each.about.sale_id,
            each.about.payout_line_id,
            each.about.memo,
            len(each.legs),
            each.occurred_at,
            each.booked_on,
        )
        for each in postings
    ]
    with connection.cursor() as cursor:
        cursor.execute(_BEGIN, [list(column) for column in zip(*rows, strict=True)])
        return dict(cursor.fetchall())


def _enter(ids: Mapping[str, int], postings: Sequence[Posting]) -> None:
    """Write the entries of new movements, in one statement: the database looks at its end."""
    accounts = _accounts_of(postings)
    rows = [
        (ids[each.key], accounts[_owner(each, leg)], leg.money.amount_minor, leg.money.currency)
        for each in postings
        for leg in each.legs
    ]
    with connection.cursor() as cursor:
        cursor.execute(_ENTER, [list(column) for column in zip(*rows, strict=True)])


AccountKey = tuple[UUID, str, UUID | None, str]


def _owner(posting: Posting, leg: Leg) -> AccountKey:
    owner = posting.about.cooperative_id if leg.code in COOPERATIVE_ACCOUNTS else None
    return posting.book.pk, leg.code.value, owner, leg.money.currency


def _accounts_of(postings: Sequence[Posting]) -> dict[AccountKey, int]:
    """The ids of the accounts of the legs of many movements; opened on first use."""
    wanted = {_owner(posting, leg) for posting in postings for leg in posting.legs}
    accounts = Account.objects.crossing(Crossing.LEDGER_POSTING)
    rows = accounts.filter(
        Q(cooperative__isnull=True) | Q(cooperative__in={key[2] for key in wanted if key[2]}),
        book__in={key[0] for key in wanted},
    )
    columns = rows.values_list("book_id", "code", "cooperative_id", "currency", "pk")
    found: dict[AccountKey, int] = {(b, code, c, money): pk for b, code, c, money, pk in columns}
    for book_id, code, owner, currency in sorted(wanted - found.keys(), key=str):
        found[book_id, code, owner, currency] = accounts.get_or_create(
            book_id=book_id, code=code, cooperative_id=owner, currency=currency
        )[0].pk
    return found


def _require_balance(legs: Sequence[Leg]) -> None:
    sums: dict[str, int] = {}
    for leg in legs:
        sums[leg.money.currency] = sums.get(leg.money.currency, 0) + leg.money.amount_minor
    if len(legs) < 2 or any(sums.values()):  # noqa: PLR2004 -- a movement has two sides
        raise UnbalancedLegs(f"{len(legs)} legs, sums {sums}")


def _require_same(row: LedgerTransaction, legs: Iterable[Leg]) -> None:
    known = sorted(
        (e.account.code, e.amount_minor, e.currency) for e in row.entries.select_related("account")
    )
    wanted = sorted((leg.code.value, leg.money.amount_minor, leg.money.currency) for leg in legs)
    if known != wanted:
        raise KeyReused
