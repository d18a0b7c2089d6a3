"""Holds a cooperative's payouts, and lifts the hold."""

from django.db import transaction
from django.utils import timezone

from marketplace.core import audit
from marketplace.core.actors import Actor
from marketplace.ledger.permissions import require_permission
from marketplace.payouts.errors import (
    AlreadyHeld,
    WrongState,
)
from marketplace.payouts.models import PayoutHold
from vendors.models import Cooperative
from vendors.permissions import StaffPermission


@transaction.atomic
def place_hold(*, cooperative: Cooperative, reason: str, by: Actor) -> PayoutHold:
    """Hold a cooperative's payouts; a prepared run that pays it cannot be approved.

    Raises AlreadyHeld, Forbidden.
    """
    user = require_permission(by, cooperative.programme, StaffPermission.PAYOUT_HANDLE)
    lock_cooperative(cooperative)
    holds = PayoutHold.objects.within(cooperative.scope)
    if holds.filter(lifted_at__isnull=True).exists():
        raise AlreadyHeld
    hold = PayoutHold.objects.create(
        cooperative=cooperative, reason=reason[:200], placed_by=user, placed_at=timezone.now()
    )
    audit.record("payout.hold", cooperative, by=by, reason=hold.reason)
    return hold


@transaction.atomic
def lift_hold(*, hold: PayoutHold, by: Actor) -> PayoutHold:
    """Pay the cooperative again from the next run on. Raises WrongState if lifted, Forbidden."""
    user = require_permission(by, hold.cooperative.programme, StaffPermission.PAYOUT_HANDLE)
    rows = PayoutHold.objects.within(hold.cooperative.scope)
    locked: PayoutHold = rows.select_for_update(of=("self",)).get(pk=hold.pk)
    if locked.lifted_at is not None:
        raise WrongState
    locked.lifted_by, locked.lifted_at = user, timezone.now()
    locked.save(update_fields=["lifted_by", "lifted_at"])
    audit.record("payout.lift_hold", hold.cooperative, by=by)
    return locked


def lock_cooperative(cooperative: Cooperative) -> None:
    """Lock the cooperative's row until the transaction ends."""
    Cooperative.objects.within(cooperative.scope).select_for_update(of=("self",)).get()
