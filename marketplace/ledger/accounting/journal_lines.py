"""The lines of the journal for exports: numbers, names, amounts in the book's currency."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache
from itertools import groupby
from zoneinfo import ZoneInfo

from django.db import connection
from django.utils import translation

from marketplace.core import exchange
from marketplace.core.days import day_of
from marketplace.core.money import Money
from marketplace.ledger.accounting.journals import Journal, journal_of
from marketplace.ledger.accounting.mapping import Mapped, mapping_on
from marketplace.ledger.accounting.pieces import piece_of
from marketplace.ledger.chart import AccountCode, Cause
from marketplace.ledger.errors import RateMissing
from marketplace.ledger.models import Book

# A fee on a dispute names its sale in its key only.
_LINES = """
SELECT t.id, t.key, t.cause, t.memo, o.number, t.booked_on, t.occurred_at, n.number, p.closed_at,
    a.code, c.slug, c.legal_name_latin, e.currency, e.amount_minor
FROM ledger_ledgertransaction t
JOIN ledger_entry e ON e.transaction_id = t.id
JOIN ledger_account a ON a.id = e.account_id
LEFT JOIN orders_vendororder o ON o.id = COALESCE(t.sale_id, CASE
    WHEN t.key LIKE 'dispute-fee:%%' THEN split_part(t.key, ':', 3)::uuid END)
LEFT JOIN vendors_cooperative c ON c.id = a.cooperative_id
LEFT JOIN ledger_entrynumber n ON n.transaction_id = t.id
LEFT JOIN ledger_periodclosing p ON p.id = n.closing_id
WHERE t.book_id = %s AND t.booked_on >= %s AND t.booked_on <= %s
ORDER BY t.booked_on, t.id, e.id
"""
_CHUNK_SIZE = 2_000


@dataclass(frozen=True)
class JournalLine:
    """One entry. ``own`` is its amount in the book's currency, ``foreign`` the original one.

    ``number`` and ``signed_on`` are None until the period is closed; ``piece`` is the number of the
    document.
    """

    journal: Journal
    transaction_id: int
    number: int | None
    booked_on: date
    happened_on: date
    account: Mapped
    owner_code: str
    owner_name: str
    piece: str
    text: str
    own: Money
    foreign: Money
    signed_on: date | None


def journal_lines(book: Book, first_on: date, last_on: date) -> Iterator[JournalLine]:
    """The entries of a period by day and transaction, balanced in the book's currency.

    Read in chunks, so that memory does not grow with the period. Raises RateMissing.
    """
    zone, names = ZoneInfo(book.programme.time_zone), mapping_on(book, last_on)
    currency = book.programme.base_currency
    for _key, found in groupby(_rows(book, first_on, last_on), key=lambda row: row[0]):
        rows = list(found)
        own = in_own_currency(currency, rows[0][5], [Money(row[13], row[12]) for row in rows])
        for row, amount in zip(rows, own, strict=True):
            yield _line(row, amount, names[AccountCode(row[9])], zone)


def _rows(book: Book, first_on: date, last_on: date) -> Iterator[tuple]:  # type: ignore[type-arg]
    with connection.chunked_cursor() as cursor:
        cursor.execute(_LINES, [book.pk, first_on, last_on])
        while rows := cursor.fetchmany(_CHUNK_SIZE):
            yield from rows


def _line(row: tuple, own: Money, account: Mapped, zone: ZoneInfo) -> JournalLine:  # type: ignore[type-arg]
    pk, key, cause, memo, sale_number, booked_on, occurred_at, number, closed_at = row[:9]
    piece, rest = piece_of(
        Cause(cause), transaction_id=pk, key=key, memo=memo, sale_number=sale_number
    )
    label = _in_french(Cause(cause))
    return JournalLine(
        journal=journal_of(Cause(cause)),
        transaction_id=pk,
        number=number,
        booked_on=booked_on,
        happened_on=_day(occurred_at, zone),
        account=account,
        owner_code=row[10] or "",
        owner_name=row[11] or "",
        piece=piece,
        text=f"{label} : {rest}" if rest else label,
        own=own,
        foreign=Money(row[13], row[12]),
        signed_on=_day(closed_at, zone) if closed_at else None,
    )


@cache
def _in_french(cause: Cause) -> str:
    """Exports for accountants are in French, whatever the user's language."""
    with translation.override("fr"):
        return str(cause.label)


def _day(moment: datetime, zone: ZoneInfo) -> date:
    return day_of(moment, zone)


def in_own_currency(own: str, on: date, amounts: Sequence[Money]) -> list[Money]:
    """Entries in the book's currency at the rate of their day; debits still equal credits.

    Each side's sum is converted once and allocated to its entries by largest remainder. Raises
    RateMissing.
    """
    found: dict[int, Money] = {}
    for currency in {money.currency for money in amounts}:
        for sign in (1, -1):
            side = [
                (index, money)
                for index, money in enumerate(amounts)
                if money.currency == currency and money.amount_minor * sign > 0
            ]
            if not side:
                continue
            whole = Money.total((money for _, money in side), currency)
            try:
                converted = exchange.convert(whole, own, on)
            except exchange.NoRate as error:
                raise RateMissing(source=currency, target=own) from error
            parts = converted.allocate([abs(money.amount_minor) for _, money in side])
            found.update({index: part for (index, _), part in zip(side, parts, strict=True)})
    return [found[index] for index in range(len(amounts))]
