"""Approves a prepared run: by another person, who types its total."""

from datetime import datetime

from django.db import transaction
from django.utils import timezone

from marketplace.core import audit
from marketplace.core.actors import Actor
from marketplace.ledger.permissions import require_permission
from marketplace.payouts.errors import RunChanged, SamePerson, TotalMismatch, WrongState
from marketplace.payouts.models import (
    PayoutRun,
    RunState,
)
from marketplace.payouts.runs.approval_checks import checks
from marketplace.payouts.runs.states import locked
from vendors.permissions import StaffPermission
from vendors.two_persons import require_second_person


@transaction.atomic
def approve_run(
    *, run: PayoutRun, typed_total: int, by: Actor, at: datetime | None = None
) -> PayoutRun:
    """Approve a prepared run; ``typed_total`` is in minor units of the run's currency.

    ``at`` is now by default; only imports of past payouts pass another moment.

    Raises SamePerson, NotIndependent (one of the two brought the other in), TotalMismatch,
    RunChanged, WrongState, Forbidden; nothing changes then.
    """
    user = require_permission(by, run.programme, StaffPermission.PAYOUT_APPROVE)
    run = locked(run)
    if run.state != RunState.PREPARED:
        raise WrongState
    if run.prepared_by_id == user.pk:
        raise SamePerson
    require_second_person(first=run.prepared_by_id, by=by)
    if typed_total != run.total_minor:
        raise TotalMismatch
    if not all(check.holds for check in checks(run)):
        raise RunChanged
    run.state, run.approved_by = RunState.APPROVED, user
    run.approved_at = at or timezone.now()
    run.save(update_fields=["state", "approved_by", "approved_at"])
    audit.record(
        "payout.approve", run, by=by, total_minor=run.total_minor, lines_hash=run.lines_hash
    )
    return run
