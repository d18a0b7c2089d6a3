"""Records that a run was sent to the bank, and that the bank accepted it."""

from datetime import datetime

from django.db import transaction
from django.utils import timezone

from marketplace.core import audit
from marketplace.core.actors import Actor
from marketplace.ledger.permissions import require_permission
from marketplace.payouts.errors import WrongState
from marketplace.payouts.models import (
    PayoutRun,
    Provider,
    RunState,
)
from marketplace.payouts.runs.states import locked
from vendors.permissions import StaffPermission

# The state before sending: with a bank file made, or by hand without one.
_READY_TO_SEND = {Provider.BANK_BATCH: RunState.FILED, Provider.MANUAL: RunState.APPROVED}


@transaction.atomic
def mark_sent(*, run: PayoutRun, by: Actor, at: datetime | None = None) -> PayoutRun:
    """Record that the bank has the file, or that paying by hand has begun.

    Raises WrongState before the file was made, and for a provider called through its API.
    """
    user = require_permission(by, run.programme, StaffPermission.PAYOUT_PREPARE)
    run = locked(run)
    if run.state != _READY_TO_SEND.get(Provider(run.provider)):
        raise WrongState
    run.state, run.sent_by, run.sent_at = RunState.SENT, user, at or timezone.now()
    run.save(update_fields=["state", "sent_by", "sent_at"])
    audit.record("payout.send", run, by=by)
    return run


def accept(run: PayoutRun, *, by: Actor, at: datetime) -> bool:
    """Record that the bank accepted the whole file; False if it was recorded before.

    In the caller's transaction, with the run locked.
    """
    if run.state != RunState.SENT:
        return False
    run.state, run.accepted_at = RunState.ACCEPTED, at
    run.save(update_fields=["state", "accepted_at"])
    audit.record("payout.accept", run, by=by)
    return True
