"""Posts balanced transactions to a book, each once for its key."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db import transaction

from marketplace.core.days import day_of
from marketplace.ledger.chart import Cause
from marketplace.ledger.errors import KeyReused
from marketplace.ledger.models import Book, LedgerTransaction
from marketplace.ledger.movement import About, Leg, Posting
from marketplace.ledger.write_postings import write_postings
from vendors.scoping import Crossing


class UnbalancedLegs(ValueError):
    """The legs do not sum to zero in each currency, or are fewer than two: a programming error."""


def book_of(programme_id: UUID) -> Book:
    """The programme's book, opened on first use."""
    books = Book.objects.select_related("programme")
    return (
        books.filter(programme_id=programme_id).first()
        or (books.get_or_create(programme_id=programme_id)[0])
    )


def booked_on(book: Book, moment: datetime) -> date:
    """The accounting day of a moment: the date in the programme's time zone."""
    return day_of(moment, book.programme.time_zone)


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
    """Post a transaction; posting the same key again returns the first and changes nothing.

    A day in a closed period becomes the first open day; ``occurred_at`` is unchanged.

    Raises UnbalancedLegs, and KeyReused if the key was posted with other amounts.
    """
    posting = Posting(book, key, cause, legs, occurred_at, booked_on, about or About())
    made = post_all([posting])
    row: LedgerTransaction = made[0] if made else _transactions().get(key=key)
    return row


# Without a savepoint: an error here aborts the caller's transaction too.
@transaction.atomic(savepoint=False)
def post_all(postings: Sequence[Posting]) -> list[LedgerTransaction]:
    """Post transactions, all or none, each as ``post`` does and with its errors.

    Returns the new ones.
    """
    wanted = [replace(each, legs=[leg for leg in each.legs if leg.money]) for each in postings]
    for each in wanted:
        _require_balance(each.legs)
    firsts: dict[str, Posting] = {}
    repeated = [each for each in wanted if firsts.setdefault(each.key, each) is not each]
    made = write_postings(list(firsts.values()))
    new = {row.key for row in made}
    for each in (*(each for key, each in firsts.items() if key not in new), *repeated):
        _require_same(_transactions().get(key=each.key), each.legs)
    return made


def _transactions() -> Any:
    return LedgerTransaction.objects.crossing(Crossing.LEDGER_POSTING)


def _require_balance(legs: Sequence[Leg]) -> None:
    sums: dict[str, int] = {}
    for leg in legs:
        sums[leg.money.currency] = sums.get(leg.money.currency, 0) + leg.money.amount_minor
    if len(legs) < 2 or any(sums.values()):  # noqa: PLR2004 -- double entry
        raise UnbalancedLegs(f"{len(legs)} legs, sums {sums}")


def _require_same(row: LedgerTransaction, legs: Iterable[Leg]) -> None:
    known = sorted(
        (e.account.code, e.amount_minor, e.currency) for e in row.entries.select_related("account")
    )
    wanted = sorted((leg.code.value, leg.money.amount_minor, leg.money.currency) for leg in legs)
    if known != wanted:
        raise KeyReused
