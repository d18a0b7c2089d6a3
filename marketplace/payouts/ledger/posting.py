"""Posting: every movement is one balanced transaction, once for each cause."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID
from zoneinfo import ZoneInfo

from django.db import transaction
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
    about = about or About()
    legs = [leg for leg in legs if leg.money]
    _require_balance(legs)
    row: LedgerTransaction
    row, created = LedgerTransaction.objects.crossing(Crossing.LEDGER_POSTING).get_or_create(
        key=key,
        defaults={
            "book": book,
            "cause": cause,
            "cooperative_id": about.cooperative_id,
            "sale_id": about.sale_id,
            "payout_line_id": about.payout_line_id,
            "memo": about.memo,
            "entry_count": len(legs),
            "occurred_at": occurred_at,
            "booked_on": booked_on,
        },
    )
    if not created:
        _require_same(row, legs)
        return row
    accounts = _accounts(book, legs, about.cooperative_id)
    Entry.objects.create_all(
        Entry(
            transaction=row,
            account=accounts[leg.code, leg.money.currency],
            amount_minor=leg.money.amount_minor,
            currency=leg.money.currency,
        )
        for leg in legs
    )
    return row


def _accounts(
    book: Book, legs: Iterable[Leg], cooperative_id: UUID | None
) -> dict[tuple[str, str], Account]:
    """The accounts of the legs, by code and currency; opened on first use."""
    wanted = {(leg.code.value, leg.money.currency) for leg in legs}
    accounts = Account.objects.crossing(Crossing.LEDGER_POSTING)
    found: dict[tuple[str, str], Account] = {
        (account.code, account.currency): account
        for account in accounts.filter(book=book, code__in={code for code, _ in wanted}).filter(
            Q(cooperative__isnull=True) | Q(cooperative_id=cooperative_id)
        )
    }
    for code, currency in sorted(wanted - found.keys()):
        owner = cooperative_id if code in COOPERATIVE_ACCOUNTS else None
        found[code, currency] = accounts.get_or_create(
            book=book, code=code, cooperative_id=owner, currency=currency
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
