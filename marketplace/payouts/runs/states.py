"""Runs and their lines: read under lock, and closed once the bank has answered."""

from datetime import datetime

from marketplace.payouts.models import (
    LineState,
    PayoutLine,
    PayoutRun,
    RunState,
)
from vendors.scoping import ProgrammeScope

AT_THE_BANK = (RunState.SENT, RunState.ACCEPTED, RunState.SETTLED, RunState.RETURNED)


def locked(run: PayoutRun) -> PayoutRun:
    """The run, read again and locked until the transaction ends."""
    return PayoutRun.objects.select_for_update().get(pk=run.pk)


def lines_to_pay(run: PayoutRun) -> list[PayoutLine]:
    """The lines that this run pays, by position."""
    lines = PayoutLine.objects.within(ProgrammeScope(run.programme_id)).filter(run=run)
    unpaid = [LineState.HELD, LineState.CARRIED]
    return list(lines.exclude(state__in=unpaid).order_by("position"))


def close_when_answered(run: PayoutRun, at: datetime) -> None:
    """Close a run without open lines: settled if the bank paid at least one, else returned."""
    rows = PayoutLine.objects.within(ProgrammeScope(run.programme_id)).filter(run=run)
    states = set(rows.order_by().values_list("state", flat=True).distinct())
    if LineState.READY in states:
        return
    run.closed_at = at
    run.state = RunState.SETTLED if LineState.SETTLED in states else RunState.RETURNED
    run.save(update_fields=["state", "closed_at"])
