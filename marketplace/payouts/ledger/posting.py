"""Posting: every movement is one balanced transaction, once for each cause."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, fields, replace
from datetime import date, datetime
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from django.db import IntegrityError, transaction
from django.db.models import Q

from marketplace.core.money import Money
from marketplace.payouts.errors import KeyReused
from marketplace.payouts.ledger.chart import COOPERATIVE_ACCOUNTS, AccountCode, Cause
from marketplace.payouts.ledger.models import Account, Book, Entry, LedgerTransaction
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


@transaction.atomic
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

    Raises UnbalancedLegs, and KeyReused when the key is known with other amounts.
    """
    told = [leg for leg in legs if leg.money]
    posting = Posting(book, key, cause, told, occurred_at, booked_on, about or About())
    _require_balance(posting.legs)
    row: LedgerTransaction
    row, created = LedgerTransaction.objects.crossing(Crossing.LEDGER_POSTING).get_or_create(
        key=key, defaults=posting.columns()
    )
    if created:
        _enter([row], [posting])
    else:
        _require_same(row, posting.legs)
    return row


@dataclass(frozen=True)
class Posting:
    """What ``post`` takes, as a value: movements of which many are booked at once."""

    book: Book
    key: str
    cause: Cause
    legs: Sequence[Leg]
    occurred_at: datetime
    booked_on: date
    about: About = About()

    def columns(self) -> dict[str, Any]:
        """What the row of the movement says beside its key, sealed with the number of its legs."""
        return {
            "book": self.book,
            "cause": self.cause,
            "cooperative_id": self.about.cooperative_id,
            "sale_id": self.about.sale_id,
            "payout_line_id": self.about.payout_line_id,
            "memo": self.about.memo,
            "entry_count": len(self.legs),
            "occurred_at": self.occurred_at,
            "booked_on": self.booked_on,
        }


@transaction.atomic
def post_all(postings: Sequence[Posting]) -> None:
    """Book movements, all of them or none, each as ``post`` does and with its errors."""
    rows = LedgerTransaction.objects.crossing(Crossing.LEDGER_POSTING)
    known = set(rows.filter(key__in=[p.key for p in postings]).values_list("key", flat=True))
    fresh = [posting for posting in postings if posting.key not in known]
    try:
        with transaction.atomic():
            _book(fresh)
    except IntegrityError:
        # Another process was booking one of them at the same time.
        fresh = []
    booked = {posting.key for posting in fresh}
    for each in postings:
        if each.key not in booked:
            post(**{field.name: getattr(each, field.name) for field in fields(each)})


def _book(postings: Sequence[Posting]) -> None:
    wanted = [replace(each, legs=[leg for leg in each.legs if leg.money]) for each in postings]
    for each in wanted:
        _require_balance(each.legs)
    rows = LedgerTransaction.objects.create_all(
        [LedgerTransaction(key=each.key, **each.columns()) for each in wanted]
    )
    _enter(rows, wanted)


def _enter(rows: Iterable[LedgerTransaction], postings: Sequence[Posting]) -> None:
    """Write the entries of new movements."""
    accounts = _accounts_of(postings)
    Entry.objects.create_all(
        Entry(
            transaction=row,
            account=accounts[_owner(each, leg)],
            amount_minor=leg.money.amount_minor,
            currency=leg.money.currency,
        )
        for row, each in zip(rows, postings, strict=True)
        for leg in each.legs
    )


AccountKey = tuple[UUID, str, UUID | None, str]


def _owner(posting: Posting, leg: Leg) -> AccountKey:
    owner = posting.about.cooperative_id if leg.code in COOPERATIVE_ACCOUNTS else None
    return posting.book.pk, leg.code.value, owner, leg.money.currency


def _accounts_of(postings: Sequence[Posting]) -> dict[AccountKey, Account]:
    """The accounts of the legs of many movements; opened on first use."""
    wanted = {_owner(posting, leg) for posting in postings for leg in posting.legs}
    accounts = Account.objects.crossing(Crossing.LEDGER_POSTING)
    rows = accounts.filter(
        Q(cooperative__isnull=True) | Q(cooperative__in={key[2] for key in wanted if key[2]}),
        book__in={key[0] for key in wanted},
    )
    found = {(row.book_id, row.code, row.cooperative_id, row.currency): row for row in rows}
    for book_id, code, owner, currency in sorted(wanted - found.keys(), key=str):
        found[book_id, code, owner, currency] = accounts.get_or_create(
            book_id=book_id, code=code, cooperative_id=owner, currency=currency
        )[0]
    return found


def _require_balance(legs: Sequence[Leg]) -> None:
    sums: dict[str, int] = {}
    for leg in legs:
        sums[leg.money.currency] = sums.get(leg.money.currency, 0) + leg.money.amount_minor
    if len(legs) < 2 or any(sums.values()):  # noqa: PLR2004 -- a movement has two sides
        raise UnbalancedLegs(f"{len(legs)} legs, sums {sums}")


def _require_same(row: LedgerTransaction, legs: Iterable[Leg]) -> None:
    known = sorted((e.account.code, e.amount_minor, e.currency) for e in row.entries.all())
    wanted = sorted((leg.code.value, leg.money.amount_minor, leg.money.currency) for leg in legs)
    if known != wanted:
        raise KeyReused
