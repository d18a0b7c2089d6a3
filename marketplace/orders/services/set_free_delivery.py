"""A cooperative says from which sum of its products it pays the delivery."""

from collections.abc import Mapping

from django.db import transaction

from catalog.markets import market_of
from marketplace.core import audit
from marketplace.core.actors import Actor
from marketplace.orders.free_delivery import free_from_by_market
from marketplace.orders.models import FreeDelivery
from vendors.models import Cooperative


@transaction.atomic
def set_free_delivery(
    *, cooperative: Cooperative, wanted: Mapping[str, int | None], by: Actor
) -> list[FreeDelivery]:
    """Set the sum for each market named (minor units of its currency; None ends it).

    Only what changes is written. Checkouts that have begun keep the sums of their beginning.
    """
    locked = Cooperative.objects.within(cooperative.scope).select_for_update().get()
    known = free_from_by_market(locked.scope)
    made = []
    for market, from_minor in wanted.items():
        if known.get(market) == from_minor:
            continue
        row = FreeDelivery.objects.create(
            cooperative=locked,
            market=market,
            currency=market_of(market).currency,
            from_minor=from_minor,
            set_by=by.name,
        )
        audit.record("free_delivery.set", locked, by=by, market=market, from_minor=from_minor)
        made.append(row)
    return made
