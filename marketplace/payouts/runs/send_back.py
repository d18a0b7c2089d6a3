"""Sends a run back before its approval: its money is available again."""

from django.db import transaction
from django.utils import timezone

from marketplace.core import audit
from marketplace.core.actors import Actor
from marketplace.ledger.chart import AccountCode, Cause
from marketplace.ledger.permissions import require_permission
from marketplace.payouts.errors import WrongState
from marketplace.payouts.models import (
    LineState,
    PayoutLine,
    PayoutRun,
    RunState,
)
from marketplace.payouts.runs.book_lines import move_all
from marketplace.payouts.runs.states import lines_to_pay, locked
from vendors.permissions import StaffPermission
from vendors.scoping import ProgrammeScope


@transaction.atomic
def send_back(*, run: PayoutRun, remark: str, by: Actor) -> PayoutRun:
    """Reject a draft or prepared run: its money is available again.

    Raises WrongState, Forbidden.
    """
    permission = StaffPermission.PAYOUT_APPROVE
    if by.id == str(run.prepared_by_id) or run.state == RunState.DRAFT:
        permission = StaffPermission.PAYOUT_PREPARE
    require_permission(by, run.programme, permission)
    run = locked(run)
    if run.state not in {RunState.DRAFT, RunState.PREPARED}:
        raise WrongState
    now = timezone.now()
    lines = lines_to_pay(run)
    move_all(lines, run, Cause.PAYOUT_FREED, AccountCode.IN_RUN, AccountCode.RELEASED, at=now)
    rows = PayoutLine.objects.within(ProgrammeScope(run.programme_id))
    rows.filter(pk__in=[line.pk for line in lines]).update(state=LineState.FREED)
    run.state, run.sent_back_at, run.remark = RunState.SENT_BACK, now, remark[:300]
    run.save(update_fields=["state", "sent_back_at", "remark"])
    audit.record("payout.send_back", run, by=by, remark=run.remark)
    return run
