"""Transactions to post, as values."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from marketplace.core.money import Money
from marketplace.ledger.chart import AccountCode, Cause
from marketplace.ledger.models import Book


@dataclass(frozen=True)
class Leg:
    """An entry to post: debit positive, credit negative."""

    code: AccountCode
    money: Money


@dataclass(frozen=True)
class About:
    """References of a transaction: ids of other rooms, and a memo for the reader."""

    cooperative_id: UUID | None = None
    sale_id: UUID | None = None
    payout_line_id: UUID | None = None
    memo: str = ""


@dataclass(frozen=True)
class Posting:
    """A transaction to post, with the parameters of ``post``."""

    book: Book
    key: str
    cause: Cause
    legs: Sequence[Leg]
    occurred_at: datetime
    booked_on: date
    about: About = About()
