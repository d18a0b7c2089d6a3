"""After the bank file: sent, then settled or sent back, line by line, as the bank says."""

from collections.abc import Iterable
from datetime import datetime

from django.db import transaction
from django.utils import timezone

from marketplace.core import audit
from marketplace.core.actors import Actor
from marketplace.payouts.errors import WrongState
from marketplace.payouts.ledger.chart import AccountCode, Cause
from marketplace.payouts.models import LineState, PayoutLine, PayoutRun, RunState
from marketplace.payouts.runs.approving import lines_to_pay, locked
from marketplace.payouts.runs.people import finance_person
from marketplace.payouts.runs.preparing import move
from vendors.policy import StaffPermission
from vendors.scoping import ProgrammeScope

AT_THE_BANK = (RunState.SENT, RunState.SETTLED, RunState.RETURNED)


@transaction.atomic
def mark_sent(*, run: PayoutRun, by: Actor, at: datetime | None = None) -> PayoutRun:
    """Say that the bank has the file. Raises WrongState unless the file was made."""
    user = finance_person(by, run.programme, StaffPermission.PAYOUT_PREPARE)
    run = locked(run)
    if run.state != RunState.FILED:
        raise WrongState
    run.state, run.sent_by, run.sent_at = RunState.SENT, user, at or timezone.now()
    run.save(update_fields=["state", "sent_by", "sent_at"])
    audit.record("payout.send", run, by=by)
    return run


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
    if run.state not in AT_THE_BANK:
        raise WrongState
    chosen = None if lines is None else {line.pk for line in lines}
    settled = 0
    for line in lines_to_pay(run):
        if line.state != LineState.READY or (chosen is not None and line.pk not in chosen):
            continue
        move(line, run, Cause.PAYOUT_SETTLED, AccountCode.IN_RUN, AccountCode.BANK, at=at)
        line.state, line.settled_at = LineState.SETTLED, at
        line.save(update_fields=["state", "settled_at"])
        settled += 1
    if settled:
        _close(run, at)
        audit.record("payout.settle", run, by=by, lines=settled)
    return run


@transaction.atomic
def mark_returned(
    *, line: PayoutLine, reason: str, by: Actor, at: datetime | None = None
) -> PayoutLine:
    """Say that the bank sent a payment back: the cooperative's money is available again.

    It is paid again only after its account has been confirmed anew. Raises WrongState.
    """
    finance_person(by, line.run.programme, StaffPermission.PAYOUT_PREPARE)
    run, at = locked(line.run), at or timezone.now()
    lines = PayoutLine.objects.within(ProgrammeScope(run.programme_id))
    line = lines.select_for_update(of=("self",)).get(pk=line.pk)
    if run.state not in AT_THE_BANK or line.state not in {LineState.READY, LineState.SETTLED}:
        raise WrongState
    source = AccountCode.IN_RUN if line.state == LineState.READY else AccountCode.BANK
    move(line, run, Cause.PAYOUT_RETURNED, source, AccountCode.RELEASED, at=at)
    line.state, line.returned_at, line.return_reason = LineState.RETURNED, at, reason[:200]
    line.save(update_fields=["state", "returned_at", "return_reason"])
    _close(run, at)
    audit.record("payout.return", run, by=by, line=line.end_to_end_id, reason=line.return_reason)
    return line


def _close(run: PayoutRun, at: datetime) -> None:
    """A run is settled once the bank has answered for every line, and paid at least one."""
    states = {line.state for line in lines_to_pay(run)}
    if LineState.READY in states:
        return
    run.closed_at = at
    run.state = RunState.SETTLED if LineState.SETTLED in states else RunState.RETURNED
    run.save(update_fields=["state", "closed_at"])
