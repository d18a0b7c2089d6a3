"""Sets the payout route of a cooperative; another person confirms it."""

from django.db import transaction
from django.utils import timezone

from marketplace.core import audit
from marketplace.core.actors import Actor
from marketplace.core.days import day_of
from marketplace.ledger.permissions import require_permission
from marketplace.payouts.errors import (
    NotServedThere,
    RouteKnown,
    SamePerson,
    WrongState,
)
from marketplace.payouts.models import BY_STRIPE, PayoutRoute, Provider
from marketplace.payouts.providers.availability import serves
from marketplace.payouts.runs.hold import lock_cooperative
from vendors.models import Cooperative
from vendors.permissions import StaffPermission
from vendors.two_persons import require_second_person


@transaction.atomic
def set_route(
    *, cooperative: Cooperative, provider: str, destination: str = "", by: Actor
) -> PayoutRoute:
    """Set a cooperative's payout method; ``confirm_route`` by another person puts it in force.

    ``destination`` is the account's id at the provider (Stripe's ``acct_…``). Raises
    NotServedThere where the provider does not pay, RouteKnown if nothing changes, Forbidden.
    """
    user = require_permission(by, cooperative.programme, StaffPermission.PAYOUT_PREPARE)
    method, now = Provider(provider), timezone.now()
    where = {"country": cooperative.country_code, "currency": cooperative.payout_currency}
    today = day_of(now, cooperative.programme.time_zone)
    if not serves(method, on=today, **where) or (method in BY_STRIPE and not destination):
        raise NotServedThere(provider=method.label, country=cooperative.country_code)
    lock_cooperative(cooperative)
    current = PayoutRoute.objects.within(cooperative.scope).filter(replaced_at__isnull=True)
    if current.filter(provider=method, destination=destination).exists():
        raise RouteKnown
    current.update(replaced_at=now)
    route = PayoutRoute.objects.create(
        cooperative=cooperative,
        provider=method,
        destination=destination,
        valid_from=now,
        added_by=user,
    )
    audit.record("payout.route", cooperative, by=by, provider=method, destination=destination)
    return route


@transaction.atomic
def confirm_route(*, route: PayoutRoute, by: Actor) -> PayoutRoute:
    """Confirm a route as a second person; a hold as for a changed bank account begins.

    Raises SamePerson, NotIndependent, WrongState, Forbidden.
    """
    user = require_permission(by, route.cooperative.programme, StaffPermission.PAYOUT_APPROVE)
    rows = PayoutRoute.objects.within(route.cooperative.scope)
    locked: PayoutRoute = rows.select_for_update(of=("self",)).get(pk=route.pk)
    if locked.confirmed_at is not None or locked.replaced_at is not None:
        raise WrongState
    if locked.added_by_id == user.pk:
        raise SamePerson
    require_second_person(first=locked.added_by_id, by=by)
    locked.confirmed_by, locked.confirmed_at = user, timezone.now()
    locked.save(update_fields=["confirmed_by", "confirmed_at"])
    audit.record("payout.route_confirmed", route.cooperative, by=by, provider=locked.provider)
    return locked
