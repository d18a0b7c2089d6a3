"""Books the card provider's fees and its payouts to the programme's bank."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import Sum

from marketplace.core.money import Money
from marketplace.ledger.chart import AccountCode, Cause
from marketplace.ledger.models import Account, Book, LedgerTransaction
from marketplace.ledger.movement import About, Leg, Posting
from marketplace.ledger.post import book_of, booked_on, post_all
from marketplace.payouts.errors import PaymentUnknown
from marketplace.payouts.models import Sale
from vendors.scoping import Crossing


@transaction.atomic
def book_fee(*, key: str, provider: str, order_id: UUID, fee: Money, occurred_at: datetime) -> None:
    """Book a fee on a payment as the programme's cost; once for each key.

    The fee on an order of several programmes is split equally, by largest remainder. Raises
    PaymentUnknown while no sale of the order is recorded: it is tried again.
    """
    rows = Sale.objects.crossing(Crossing.LEDGER_POSTING).filter(order_id=order_id)
    programmes = sorted(set(rows.values_list("programme_id", flat=True)))
    if not programmes:
        raise PaymentUnknown
    shared = fee.allocate([1] * len(programmes))
    for programme_id, part in zip(programmes, shared, strict=True):
        legs = [Leg(AccountCode.PSP_FEE, part), Leg(AccountCode.PSP_CLEARING, -part)]
        if part:
            _post(book_of(programme_id), f"psp-fee:{key}", Cause.PSP_FEE_CHARGED, legs,
                  occurred_at, provider)  # fmt: skip


@transaction.atomic
def book_provider_payout(
    *, key: str, provider: str, amount: Money, reference: str, occurred_at: datetime
) -> None:
    """Book a payout of the provider to the bank (negative: returned); once for each key.

    If one account with the provider serves several programmes, the payout is allocated by each
    one's balance there; without any balance all of it is booked in the first book.
    """
    stem = f"psp-payout:{key}:"
    if _ledger().filter(key__startswith=stem).exists():
        return
    books = list(Book.objects.select_related("programme").order_by("opened_at", "id"))
    if not books:
        raise PaymentUnknown
    weights = _with_provider(books, amount.currency)
    shared = amount.allocate(weights if any(weights) else [1] + [0] * (len(books) - 1))
    for book, part in zip(books, shared, strict=True):
        legs = [Leg(AccountCode.BANK, part), Leg(AccountCode.PSP_CLEARING, -part)]
        if part:
            memo = reference or provider
            _post(book, f"psp-payout:{key}", Cause.PSP_SETTLED, legs, occurred_at, memo)


def _with_provider(books: Sequence[Book], currency: str) -> list[int]:
    rows = Account.objects.crossing(Crossing.LEDGER_POSTING).filter(
        code=AccountCode.PSP_CLEARING, currency=currency
    )
    sums = dict(rows.values_list("book_id").annotate(total=Sum("entries__amount_minor")))
    return [max(0, sums.get(book.pk) or 0) for book in books]


def _post(
    book: Book, stem: str, cause: Cause, legs: Sequence[Leg], at: datetime, memo: str
) -> None:
    day = booked_on(book, at)
    about = About(memo=memo[:200])
    post_all([Posting(book, f"{stem}:{book.pk}", cause, legs, at, day, about)])


def _ledger() -> Any:
    return LedgerTransaction.objects.crossing(Crossing.LEDGER_POSTING)
