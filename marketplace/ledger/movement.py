"""What is to be booked, as values."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from marketplace.core.money import Money
from marketplace.ledger.chart import AccountCode, Cause
from marketplace.ledger.models import Book


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
