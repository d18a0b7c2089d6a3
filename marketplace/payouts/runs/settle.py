"""Settles lines that the bank has paid."""

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from marketplace.core import audit
from marketplace.core.actors import Actor
from marketplace.ledger.chart import AccountCode, Cause
from marketplace.ledger.permissions import require_permission
from marketplace.payouts.errors import WrongState
from marketplace.payouts.models import (
    BY_STRIPE,
    LineState,
    PayoutLine,
    PayoutRun,
)
from marketplace.payouts.runs.book_lines import move_all, paying_account
from marketplace.payouts.runs.states import AT_THE_BANK, close_when_answered, lines_to_pay, locked
from vendors.permissions import StaffPermission
from vendors.scoping import ProgrammeScope


@transaction.atomic
def mark_settled(
    *,
    run: PayoutRun,
    by: Actor,
    lines: Iterable[PayoutLine] | None = None,
    at: datetime | None = None,
) -> PayoutRun:
    """Record that the bank paid these lines (by default all that are open).

    Returned lines stay returned. Raises WrongState unless the run was sent.
    """
    require_permission(by, run.programme, StaffPermission.PAYOUT_PREPARE)
    run, at = locked(run), at or timezone.now()
    if run.state not in AT_THE_BANK or run.provider in BY_STRIPE:
        raise WrongState
    chosen = None if lines is None else {line.pk for line in lines}
    settle(run, chosen, by=by, at=at)
    return run


def settle(run: PayoutRun, chosen: set[UUID] | None, *, by: Actor, at: datetime) -> int:
    """Book the open ones of ``chosen`` as paid; returns how many. The run must be locked."""
    unsettled = [
        line
        for line in lines_to_pay(run)
        if line.state == LineState.READY and (chosen is None or line.pk in chosen)
    ]
    if not unsettled:
        return 0
    move_all(
        unsettled,
        run,
        Cause.PAYOUT_SETTLED,
        AccountCode.IN_RUN,
        paying_account(run.provider),
        at=at,
    )
    rows = PayoutLine.objects.within(ProgrammeScope(run.programme_id))
    rows.filter(pk__in=[line.pk for line in unsettled]).update(
        state=LineState.SETTLED, settled_at=at
    )
    close_when_answered(run, at)
    audit.record("payout.settle", run, by=by, lines=len(unsettled))
    return len(unsettled)
