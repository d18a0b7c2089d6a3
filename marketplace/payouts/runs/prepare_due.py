"""Prepares the payouts that are due as drafts, one for each due day.

A draft sends no money to a bank: a person submits it, another approves it.
"""

from datetime import datetime

from django.db import transaction
from django.utils import timezone

from marketplace.core.actors import Actor
from marketplace.payouts.errors import NoPayoutTerms, NothingToPay, RunAlreadyOpen
from marketplace.payouts.models import DueOutcome, DuePayout, PayoutRun
from marketplace.payouts.runs.prepare import prepare_draft
from marketplace.payouts.runs.schedule import Due, due_payouts
from vendors.models import Programme

SCHEDULE = Actor.system("payout schedule")


def prepare_due(now: datetime | None = None) -> list[DuePayout]:
    """Prepare what is due in every programme, and record each outcome."""
    at = now or timezone.now()
    return [
        made
        for programme in Programme.objects.select_related("book").order_by("slug")
        for due in list(due_payouts(programme, at))
        if (made := _prepare(due, at)) is not None
    ]


@transaction.atomic
def _prepare(due: Due, at: datetime) -> DuePayout | None:
    # Two workers at once: one waits here, then finds the outcome recorded.
    Programme.objects.select_for_update().get(pk=due.programme.pk)
    row = DuePayout(
        programme=due.programme,
        currency=due.currency,
        provider=due.provider,
        due_on=due.due_on,
        done_at=at,
    )
    done = DuePayout.objects.filter(
        programme=due.programme, currency=due.currency, provider=due.provider, due_on=due.due_on
    )
    if done.exists():
        return None
    try:
        row.outcome, row.run = _outcome(due, at)
    except RunAlreadyOpen:
        return None  # Tried again in an hour; the payout_schedule check reports it.
    row.save()
    return row


def _outcome(due: Due, at: datetime) -> tuple[DueOutcome, PayoutRun | None]:
    try:
        with transaction.atomic():
            run = prepare_draft(
                programme=due.programme,
                currency=due.currency,
                provider=due.provider,
                by=SCHEDULE,
                now=at,
            )
    except NothingToPay:
        return DueOutcome.NOTHING, None
    except NoPayoutTerms:
        return DueOutcome.NO_TERMS, None
    return DueOutcome.PREPARED, run
