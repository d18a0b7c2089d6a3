"""Holding a cooperative's payouts for a while, and by which way it is paid."""

from django.db import transaction
from django.utils import timezone

from marketplace.core import audit
from marketplace.core.actors import Actor
from marketplace.ledger.permissions import finance_person
from marketplace.payouts.errors import (
    AlreadyHeld,
    NotServedThere,
    RouteKnown,
    SamePerson,
    WrongState,
)
from marketplace.payouts.models import BY_STRIPE, PayoutHold, PayoutRoute, Provider
from marketplace.payouts.providers.availability import serves
from vendors.models import Cooperative
from vendors.permissions import StaffPermission


@transaction.atomic
def place_hold(*, cooperative: Cooperative, reason: str, by: Actor) -> PayoutHold:
    """Pay a cooperative nothing from now on; a prepared run with it cannot be approved.

    Raises AlreadyHeld, Forbidden.
    """
    user = finance_person(by, cooperative.programme, StaffPermission.PAYOUT_HANDLE)
    _lock(cooperative)
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
    """Pay the cooperative again from the next run on. Raises WrongState if it was lifted."""
    user = finance_person(by, hold.cooperative.programme, StaffPermission.PAYOUT_HANDLE)
    rows = PayoutHold.objects.within(hold.cooperative.scope)
    locked: PayoutHold = rows.select_for_update(of=("self",)).get(pk=hold.pk)
    if locked.lifted_at is not None:
        raise WrongState
    locked.lifted_by, locked.lifted_at = user, timezone.now()
    locked.save(update_fields=["lifted_by", "lifted_at"])
    audit.record("payout.lift_hold", hold.cooperative, by=by)
    return locked


@transaction.atomic
def set_route(
    *, cooperative: Cooperative, provider: str, destination: str = "", by: Actor
) -> PayoutRoute:
    """Say by which way a cooperative is paid; it waits for ``confirm_route`` by another person.

    ``destination`` is the provider's name for its account (Stripe's ``acct_…``). Raises
    NotServedThere where the provider does not pay, RouteKnown if it is so already, Forbidden.
    """
    user = finance_person(by, cooperative.programme, StaffPermission.PAYOUT_PREPARE)
    way, now = Provider(provider), timezone.now()
    where = {"country": cooperative.country_code, "currency": cooperative.payout_currency}
    if not serves(way, on=now.date(), **where) or (way in BY_STRIPE and not destination):
        raise NotServedThere(provider=way.label, country=cooperative.country_code)
    _lock(cooperative)
    current = PayoutRoute.objects.within(cooperative.scope).filter(replaced_at__isnull=True)
    if current.filter(provider=way, destination=destination).exists():
        raise RouteKnown
    current.update(replaced_at=now)
    route = PayoutRoute.objects.create(
        cooperative=cooperative,
        provider=way,
        destination=destination,
        valid_from=now,
        added_by=user,
    )
    audit.record("payout.route", cooperative, by=by, provider=way, destination=destination)
    return route


@transaction.atomic
def confirm_route(*, route: PayoutRoute, by: Actor) -> PayoutRoute:
    """Another finance person has compared it; it rests as a changed bank account does.

    Raises SamePerson, WrongState, Forbidden.
    """
    user = finance_person(by, route.cooperative.programme, StaffPermission.PAYOUT_APPROVE)
    rows = PayoutRoute.objects.within(route.cooperative.scope)
    locked: PayoutRoute = rows.select_for_update(of=("self",)).get(pk=route.pk)
    if locked.confirmed_at is not None or locked.replaced_at is not None:
        raise WrongState
    if locked.added_by_id == user.pk:
        raise SamePerson
    locked.confirmed_by, locked.confirmed_at = user, timezone.now()
    locked.save(update_fields=["confirmed_by", "confirmed_at"])
    audit.record("payout.route_confirmed", route.cooperative, by=by, provider=locked.provider)
    return locked


def _lock(cooperative: Cooperative) -> None:
    Cooperative.objects.within(cooperative.scope).select_for_update(of=("self",)).get()
