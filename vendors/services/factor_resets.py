"""A colleague has lost phone and recovery codes: one person proposes the reset, another confirms.

The account's password stays. The next sign-in leads to the set-up, and the new factor rests before
it moves money.
"""

from django.db import transaction
from django.utils import timezone

from marketplace.core import audit
from marketplace.core.actors import Actor
from marketplace.core.events import publish
from vendors.accounts import User
from vendors.errors import (
    NotInOffice,
    OwnFactor,
    ResetDecided,
    ResetExpired,
    ResetProposed,
    ResetProposedBefore,
)
from vendors.events import FactorResetConfirmed, FactorResetProposed
from vendors.in_office import staff_in_office, staff_who_may
from vendors.models import FactorReset, Programme
from vendors.permissions import StaffPermission
from vendors.safeguards import safeguard
from vendors.services.reset_factor import remove_factors
from vendors.two_persons import require_second_person


@transaction.atomic
def propose_factor_reset(
    *, programme: Programme, user: User, reason: str, by: Actor
) -> FactorReset:
    """Propose to remove the second factor of somebody in office; nothing is removed yet.

    Raises OwnFactor, NotInOffice, and ResetProposed while another one waits; an expired one is
    replaced.
    """
    Programme.objects.select_for_update().get(pk=programme.pk)
    if by.id == str(user.pk):
        raise OwnFactor
    _require_in_office(programme, user)
    now = timezone.now()
    waiting = FactorReset.objects.opened().filter(programme=programme, user=user)
    waiting.filter(expires_at__lte=now).update(withdrawn_at=now)
    if waiting.exists():
        raise ResetProposed
    reset = FactorReset.objects.create(
        programme=programme,
        user=user,
        reason=reason,
        proposed_by=User.objects.get(pk=by.id),
        proposed_at=now,
        expires_at=now + safeguard("factor_reset", programme=programme.slug),
    )
    publish(
        FactorResetProposed(
            aggregate_id=programme.pk, occurred_at=now, programme_id=programme.pk, reset_id=reset.pk
        )
    )
    _record("proposed", reset, by)
    return reset


@transaction.atomic
def confirm_factor_reset(*, reset: FactorReset, by: Actor) -> FactorReset:
    """Remove the second factor of a colleague and end their sessions, by a second person.

    Who confirms was in office when it was proposed. Raises ResetDecided, ResetExpired, OwnFactor,
    SamePersonTwice, NotIndependent, ResetProposedBefore, and NotInOffice when the colleague has
    left meanwhile.
    """
    locked = _open(reset)
    if locked.has_expired:
        raise ResetExpired
    if by.id == str(locked.user_id):
        raise OwnFactor
    confirmer = require_second_person(first=locked.proposed_by_id, by=by)
    for moment in (locked.proposed_at, timezone.now()):
        may = staff_who_may(StaffPermission.GRANT_CONFIRM, [locked.programme], at=moment)
        if confirmer not in {user.pk for user in may}:
            raise ResetProposedBefore
    _require_in_office(locked.programme, locked.user)
    remove_factors(locked.user)
    locked.confirmed_by_id, locked.confirmed_at = confirmer, timezone.now()
    locked.save(update_fields=["confirmed_by", "confirmed_at"])
    publish(
        FactorResetConfirmed(
            aggregate_id=locked.programme_id,
            occurred_at=locked.confirmed_at,
            programme_id=locked.programme_id,
            reset_id=locked.pk,
        )
    )
    _record("confirmed", locked, by)
    audit.record("account.factor_reset", locked.user, by=by, proposed_by=locked.proposed_by_id)
    return locked


@transaction.atomic
def withdraw_factor_reset(*, reset: FactorReset, by: Actor) -> None:
    """End a proposal, by anybody who may propose one; raises ResetDecided."""
    locked = _open(reset)
    locked.withdrawn_by, locked.withdrawn_at = User.objects.get(pk=by.id), timezone.now()
    locked.save(update_fields=["withdrawn_by", "withdrawn_at"])
    _record("withdrawn", locked, by)


def _open(reset: FactorReset) -> FactorReset:
    """The proposal, locked: of two who decide at once the second is told."""
    rows = FactorReset.objects.select_for_update(of=("self",)).select_related("user", "programme")
    locked = rows.get(pk=reset.pk)
    if locked.is_decided:
        raise ResetDecided
    return locked


def _require_in_office(programme: Programme, user: User) -> None:
    if user.pk not in {person.pk for person in staff_in_office(programme)}:
        raise NotInOffice


def _record(step: str, reset: FactorReset, by: Actor) -> None:
    audit.record(
        f"factor_reset.{step}", reset.programme, by=by, user=reset.user_id, reset=str(reset.pk),
        reason=reset.reason,
    )  # fmt: skip
