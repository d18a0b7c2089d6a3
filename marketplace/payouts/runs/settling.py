"""After the bank file: sent, then settled or sent back, line by line, as the bank says."""

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from marketplace.core import audit
from marketplace.core.actors import Actor
from marketplace.core.events import publish
from marketplace.ledger.chart import AccountCode, Cause
from marketplace.ledger.permissions import finance_person
from marketplace.payouts.errors import WrongState
from marketplace.payouts.events import PayoutReturned
from marketplace.payouts.models import (
    BY_STRIPE,
    LineState,
    PayoutLine,
    PayoutRun,
    Provider,
    RunState,
)
from marketplace.payouts.runs.approving import lines_to_pay, locked
from marketplace.payouts.runs.preparing import move, move_all
from vendors.permissions import StaffPermission
from vendors.scoping import ProgrammeScope

AT_THE_BANK = (RunState.SENT, RunState.ACCEPTED, RunState.SETTLED, RunState.RETURNED)
# A file is made before it is sent; payments by hand have none.
_READY_TO_SEND = {Provider.BANK_BATCH: RunState.FILED, Provider.MANUAL: RunState.APPROVED}


@transaction.atomic
def mark_sent(*, run: PayoutRun, by: Actor, at: datetime | None = None) -> PayoutRun:
    """Say that the bank has the file, or that somebody began to pay by hand.

    Raises WrongState before the file was made, and for a provider that we call.
    """
    user = finance_person(by, run.programme, StaffPermission.PAYOUT_PREPARE)
    run = locked(run)
    if run.state != _READY_TO_SEND.get(Provider(run.provider)):
        raise WrongState
    run.state, run.sent_by, run.sent_at = RunState.SENT, user, at or timezone.now()
    run.save(update_fields=["state", "sent_by", "sent_at"])
    audit.record("payout.send", run, by=by)
    return run


def accept(run: PayoutRun, *, by: Actor, at: datetime) -> bool:
    """The bank took the whole file in; false if that was known. Inside the caller's transaction."""
    if run.state != RunState.SENT:
        return False
    run.state, run.accepted_at = RunState.ACCEPTED, at
    run.save(update_fields=["state", "accepted_at"])
    audit.record("payout.accept", run, by=by)
    return True


@transaction.atomic
def mark_settled(
    *,
    run: PayoutRun,
    by: Actor,
    lines: Iterable[PayoutLine] | None = None,
    at: datetime | None = None,
) -> PayoutRun:
    """Say that the bank paid these lines (by default all that are still open).

    A line that the bank sent back stays sent back. Raises WrongState unless the run was sent.
    """
    finance_person(by, run.programme, StaffPermission.PAYOUT_PREPARE)
    run, at = locked(run), at or timezone.now()
    if run.state not in AT_THE_BANK or run.provider in BY_STRIPE:
        raise WrongState
    chosen = None if lines is None else {line.pk for line in lines}
    settle(run, chosen, by=by, at=at)
    return run


def settle(run: PayoutRun, chosen: set[UUID] | None, *, by: Actor, at: datetime) -> int:
    """Book that lines were paid; how many were not known yet. The run's row must be locked."""
    waiting = [
        line
        for line in lines_to_pay(run)
        if line.state == LineState.READY and (chosen is None or line.pk in chosen)
    ]
    if not waiting:
        return 0
    move_all(
        waiting, run, Cause.PAYOUT_SETTLED, AccountCode.IN_RUN, account_of(run.provider), at=at
    )
    rows = PayoutLine.objects.within(ProgrammeScope(run.programme_id))
    rows.filter(pk__in=[line.pk for line in waiting]).update(state=LineState.SETTLED, settled_at=at)
    _close(run, at)
    audit.record("payout.settle", run, by=by, lines=len(waiting))
    return len(waiting)


@transaction.atomic
def mark_returned(
    *, line: PayoutLine, reason: str, by: Actor, at: datetime | None = None
) -> PayoutLine:
    """Say that the bank sent a payment back: the cooperative's money is available again.

    It is paid again only after its account has been confirmed anew; the cooperative is told.
    Raises WrongState.
    """
    finance_person(by, line.run.programme, StaffPermission.PAYOUT_PREPARE)
    run, at = locked(line.run), at or timezone.now()
    if run.state not in AT_THE_BANK:
        raise WrongState
    return give_back(run, line, reason=reason, by=by, at=at)


def give_back(
    run: PayoutRun, line: PayoutLine, *, reason: str, by: Actor, at: datetime
) -> PayoutLine:
    """Book that a payment came back. The run's row must be locked. Raises WrongState."""
    rows = PayoutLine.objects.within(ProgrammeScope(run.programme_id))
    locked_line: PayoutLine = rows.select_for_update(of=("self",)).get(pk=line.pk)
    if locked_line.state not in {LineState.READY, LineState.SETTLED}:
        raise WrongState
    was_ready = locked_line.state == LineState.READY
    source = AccountCode.IN_RUN if was_ready else account_of(run.provider)
    move(locked_line, run, Cause.PAYOUT_RETURNED, source, AccountCode.RELEASED, at=at)
    locked_line.state, locked_line.returned_at = LineState.RETURNED, at
    locked_line.return_reason = reason[:200]
    locked_line.save(update_fields=["state", "returned_at", "return_reason"])
    _close(run, at)
    audit.record(
        "payout.return", run, by=by, line=line.end_to_end_id, reason=locked_line.return_reason
    )
    publish(
        PayoutReturned(
            aggregate_id=line.cooperative_id,
            cooperative_id=line.cooperative_id,
            programme_id=run.programme_id,
            payout_line_id=line.pk,
            occurred_at=at,
        )
    )
    return locked_line


def account_of(provider: str) -> AccountCode:
    """From where a provider pays: the programme's bank account, or its balance at Stripe."""
    return AccountCode.PSP_CLEARING if provider in BY_STRIPE else AccountCode.BANK


def _close(run: PayoutRun, at: datetime) -> None:
    """A run is settled once the bank has answered for every line, and paid at least one."""
    rows = PayoutLine.objects.within(ProgrammeScope(run.programme_id)).filter(run=run)
    states = set(rows.order_by().values_list("state", flat=True).distinct())
    if LineState.READY in states:
        return
    run.closed_at = at
    run.state = RunState.SETTLED if LineState.SETTLED in states else RunState.RETURNED
    run.save(update_fields=["state", "closed_at"])
