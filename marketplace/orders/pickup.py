"""Collecting at the cooperative: who offers it in a market, and what holds for a checkout.

A cooperative offers it (``services/set_pickup.py``) to buyers of its own country's market. In a
checkout it is one delivery service: what can be collected is, the rest is sent as standard.
A checkout keeps the offers of its beginning.
"""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from uuid import UUID

from catalog.markets import home_market
from marketplace.orders.delivery_plans import PlannedParcel
from marketplace.orders.models import CheckoutAttempt, PickupOffer
from marketplace.orders.shipping_rates import PICKUP
from vendors.scoping import Crossing, Scope

Offers = dict[UUID, PickupOffer]


def newest_offer(scope: Scope) -> PickupOffer | None:
    """What a cooperative has set last, offered or not."""
    found: PickupOffer | None = PickupOffer.objects.within(scope).order_by("-pk").first()
    return found


def offers_in(cooperative_ids: Iterable[UUID], market: str) -> Offers:
    """Where buyers of a market may collect; cooperatives of other countries are left out."""
    rows = PickupOffer.objects.crossing(Crossing.CHECKOUT).filter(
        cooperative_id__in=list(cooperative_ids)
    )
    newest = rows.order_by("cooperative_id", "-pk").distinct("cooperative_id")
    return {
        row.cooperative_id: row
        for row in newest.select_related("cooperative")
        if row.is_offered and home_market(row.cooperative.country_code).code == market
    }


def offers_by_id(offer_ids: Iterable[int]) -> dict[int, PickupOffer]:
    """Offers that were frozen, whatever holds now."""
    rows = PickupOffer.objects.crossing(Crossing.CHECKOUT).filter(pk__in=list(offer_ids))
    return {row.pk: row for row in rows}


def promised_offers(
    attempt: CheckoutAttempt | None, cooperative_ids: Iterable[UUID], market: str
) -> Offers:
    """The offers that hold for a checkout: those of its beginning, or today's without one."""
    if attempt is None or attempt.pickups is None:
        return offers_in(cooperative_ids, market)
    found = offers_by_id(attempt.pickups.values())
    wanted = set(cooperative_ids)
    return {row.cooperative_id: row for row in found.values() if row.cooperative_id in wanted}


def collected(
    plans: Mapping[UUID, PlannedParcel | None], offers: Offers
) -> dict[UUID, PlannedParcel | None]:
    """The parcels: collected for nothing where that is offered, the others as they are."""
    return {
        key: replace(
            plan,
            amount_minor=0,
            waived_minor=0,
            days_min=offers[key].ready_days,
            days_max=offers[key].ready_days,
            zone=PICKUP,
            up_to_grams=0,
            pickup_id=offers[key].pk,
        )
        if plan is not None and key in offers
        else plan
        for key, plan in plans.items()
    }
