"""Use cases of the role above the programmes: appointing the first, proposing, confirming, ending.

Roles of the shop are given by an operator's command only; no page gives one.
"""

from collections.abc import Sequence

from django.db import connection, transaction
from django.utils import timezone

from marketplace.core import audit
from marketplace.core.actors import Actor
from vendors.accounts import User
from vendors.errors import (
    AlreadyConfirmed,
    AlreadyGranted,
    FirstOnesAppointed,
    SamePersonTwice,
    TwoPersonsNeeded,
)
from vendors.models import ShopGrant
from vendors.safeguards import safeguard
from vendors.shop_access import shop_grants_in_force
from vendors.two_persons import introduce, require_second_person


@transaction.atomic
def appoint_first(*, users: Sequence[User], by: Actor) -> list[ShopGrant]:
    """Give the shop's role to the first two or more persons, at once and without a confirmation.

    Raises TwoPersonsNeeded for fewer, FirstOnesAppointed once anybody has the role: from then on
    it takes a proposal, and somebody in office who confirms it.
    """
    _lock()
    if shop_grants_in_force().exists():
        raise FirstOnesAppointed
    if len({user.pk for user in users}) < 2:  # noqa: PLR2004 -- two persons
        raise TwoPersonsNeeded
    now = timezone.now()
    grants = [
        ShopGrant.objects.update_or_create(
            user=user, defaults={"is_first": True, "effective_at": now}
        )[0]
        for user in users
    ]
    for grant in grants:
        audit.record("shop_grant.appointed", grant, by=by, user=grant.user_id)
    return grants


@transaction.atomic
def propose_shop_grant(*, user: User, by: Actor, granted_by: User | None = None) -> ShopGrant:
    """Propose a person for the shop's role; it waits for ``confirm_shop_grant``.

    Raises AlreadyGranted for somebody who has it or is proposed.
    """
    _lock()
    if ShopGrant.objects.filter(user=user).exists():
        raise AlreadyGranted
    grant = ShopGrant.objects.create(user=user, granted_by=granted_by)
    if granted_by is not None:
        introduce(person=user, by=granted_by.actor, is_vouched=True)
    audit.record("shop_grant.proposed", grant, by=by, user=user.pk)
    return grant


@transaction.atomic
def confirm_shop_grant(*, grant: ShopGrant, by: Actor) -> ShopGrant:
    """Confirm a proposed role, by another person who has it; it starts a day later.

    Raises SamePersonTwice when the grantee, who proposed it, or somebody confirms who did not have
    the role when it was proposed; NotIndependent if who proposed it brought them in, or the other
    way; AlreadyConfirmed the second time.
    """
    locked = ShopGrant.objects.select_for_update().get(pk=grant.pk)
    if locked.is_first or locked.confirmed_by_id is not None:
        raise AlreadyConfirmed
    confirmer = require_second_person(first=locked.granted_by_id, by=by)
    before = shop_grants_in_force(locked.granted_at).filter(user=confirmer)
    if confirmer == locked.user_id or not before.exists():
        raise SamePersonTwice
    locked.confirmed_by_id = confirmer
    locked.effective_at = timezone.now() + safeguard("money_role_wait")
    locked.save(update_fields=["confirmed_by", "effective_at"])
    audit.record(
        "shop_grant.confirmed",
        locked,
        by=by,
        user=locked.user_id,
        effective_at=locked.effective_at.isoformat(),
    )
    return locked


@transaction.atomic
def end_shop_grant(*, grant: ShopGrant, by: Actor) -> None:
    """End a role, or withdraw a proposal, at once."""
    audit.record("shop_grant.ended", grant, by=by, user=grant.user_id)
    grant.delete()


def _lock() -> None:
    """Two commands at once do not both appoint the first persons: there is no row to lock yet."""
    with connection.cursor() as cursor:
        cursor.execute("LOCK TABLE vendors_shopgrant IN SHARE ROW EXCLUSIVE MODE")
