"""Ends a cooperative's debt, an available balance below zero: repaid, or borne by the programme."""

from django.db import models, transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from marketplace.core import audit
from marketplace.core.actors import Actor
from marketplace.core.money import Money
from marketplace.ledger.accounting.numbering import take_numbers
from marketplace.ledger.chart import AccountCode, Cause
from marketplace.ledger.models import Book, LedgerTransaction
from marketplace.ledger.movement import About, Leg
from marketplace.ledger.permissions import require_permission
from marketplace.ledger.post import book_of, booked_on, post
from marketplace.payouts.errors import DebtChanged, ExplanationMissing
from marketplace.payouts.queries import balances
from vendors.models import Cooperative
from vendors.permissions import StaffPermission


class DebtEnd(models.TextChoices):
    """How a debt of a cooperative ends."""

    REPAID = "repaid", _("the cooperative paid it into the programme's bank account")
    BORNE = "borne", _("the programme bears it")


_ENDS = {
    DebtEnd.REPAID: (Cause.DEBT_REPAID, AccountCode.BANK),
    DebtEnd.BORNE: (Cause.DEBT_BORNE, AccountCode.REFUND_COST),
}


def debt(cooperative: Cooperative, currency: str) -> int:
    """By how much the available balance is below zero, in minor units; 0 when it is not."""
    available = {each.currency: each.released_minor for each in balances(cooperative.scope)}
    return max(0, -available.get(currency, 0))


# long: one transaction: checks, posting and audit entry in their order
@transaction.atomic
def end_debt(
    *,
    cooperative: Cooperative,
    amount: Money,
    seen_minor: int,
    how: DebtEnd,
    explanation: str,
    by: Actor,
) -> LedgerTransaction:
    """Post part or all of a cooperative's debt as repaid, or as borne by the programme.

    ``seen_minor`` is the debt shown to the person: a second click, or a sale in between, is
    refused with DebtChanged. Raises ExplanationMissing, Forbidden, and ValueError for an amount
    outside the debt.
    """
    require_permission(by, cooperative.programme, StaffPermission.PAYOUT_APPROVE)
    # Serialized with the preparation of payouts by the lock on the book.
    book = Book.objects.select_for_update().get(pk=book_of(cooperative.programme_id).pk)
    _require_debt(cooperative, amount, seen_minor)
    if not explanation.strip():
        raise ExplanationMissing
    (cause, account), now = _ENDS[how], timezone.now()
    day = booked_on(book, now)
    (number,) = take_numbers(book, "debt", day.year)
    row = post(
        book=book,
        key=f"debt:{cooperative.pk}:{_ended_before(cooperative)}",
        cause=cause,
        legs=[Leg(account, amount), Leg(AccountCode.RELEASED, -amount)],
        occurred_at=now,
        booked_on=day,
        about=About(
            cooperative_id=cooperative.pk,
            memo=f"DT{day.year}-{number:05d} {explanation.strip()}"[:200],
        ),
    )
    audit.record(
        "payout.end_debt",
        cooperative,
        by=by,
        how=how.value,
        amount_minor=amount.amount_minor,
        currency=amount.currency,
        explanation=explanation.strip(),
    )
    return row


def _require_debt(cooperative: Cooperative, amount: Money, seen_minor: int) -> None:
    owed = debt(cooperative, amount.currency)
    if not owed or owed != seen_minor:
        raise DebtChanged
    if not 0 < amount.amount_minor <= owed:
        raise ValueError(amount)


def _ended_before(cooperative: Cooperative) -> int:
    """The number of earlier postings that ended a debt; it makes the next key unique."""
    causes = [cause for cause, _account in _ENDS.values()]
    rows = LedgerTransaction.objects.within(cooperative.scope)
    return int(rows.filter(cause__in=causes).count())
