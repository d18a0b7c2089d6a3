"""Posts the amounts of payout lines from one account to another."""

from collections.abc import Sequence
from datetime import datetime

from marketplace.core.money import Money
from marketplace.ledger.chart import AccountCode, Cause
from marketplace.ledger.movement import About, Leg, Posting
from marketplace.ledger.post import book_of, booked_on, post_all
from marketplace.payouts.models import (
    BY_STRIPE,
    PayoutLine,
    PayoutRun,
)

# Cooperatives read and written together; bounds memory whatever their number.
BATCH_SIZE = 500


def move(
    line: PayoutLine,
    run: PayoutRun,
    cause: Cause,
    source: AccountCode,
    target: AccountCode,
    *,
    at: datetime,
) -> None:
    """Post a line's amount from one account to another; once for each cause and line."""
    move_all([line], run, cause, source, target, at=at)


def move_all(
    lines: Sequence[PayoutLine],
    run: PayoutRun,
    cause: Cause,
    source: AccountCode,
    target: AccountCode,
    *,
    at: datetime,
) -> None:
    """Post the amounts of many lines in batches, as ``move`` does, in the caller's transaction."""
    book = book_of(run.programme_id)
    on = booked_on(book, at)

    def posting(line: PayoutLine) -> Posting:
        key = f"{cause.value.replace('_', '-')}:{line.pk}"
        amount = Money(line.amount_minor, run.currency)
        about = About(line.cooperative_id, payout_line_id=line.pk, memo=run.reference)
        return Posting(book, key, cause, [Leg(source, amount), Leg(target, -amount)], at, on, about)

    for start in range(0, len(lines), BATCH_SIZE):
        post_all([posting(line) for line in lines[start : start + BATCH_SIZE]])


def paying_account(provider: str) -> AccountCode:
    """The account that a provider pays from: the programme's bank, or its balance at Stripe."""
    return AccountCode.PSP_CLEARING if provider in BY_STRIPE else AccountCode.BANK
