"""Submits a draft that the schedule prepared for approval."""

from django.db import transaction

from marketplace.core import audit
from marketplace.core.actors import Actor
from marketplace.ledger.permissions import require_permission
from marketplace.payouts.errors import WrongState
from marketplace.payouts.models import (
    PayoutRun,
    RunState,
)
from vendors.permissions import StaffPermission


@transaction.atomic
def submit_draft(*, run: PayoutRun, by: Actor) -> PayoutRun:
    """Take responsibility for a draft, as its preparer; another person approves it.

    Raises WrongState, Forbidden.
    """
    user = require_permission(by, run.programme, StaffPermission.PAYOUT_PREPARE)
    run = PayoutRun.objects.select_for_update().get(pk=run.pk)
    if run.state != RunState.DRAFT:
        raise WrongState
    run.state, run.prepared_by = RunState.PREPARED, user
    run.save(update_fields=["state", "prepared_by"])
    audit.record("payout.submit_draft", run, by=by, total_minor=run.total_minor)
    return run
