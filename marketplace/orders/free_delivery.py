"""Delivery that is free for the buyer from a sum of a cooperative's products.

The cooperative sets the sum for each market (``services/set_free_delivery.py``) and pays the
carrier's price of the parcel. The sum is of its products after vouchers; only standard delivery is
free. A checkout keeps the sums of its beginning, so that what a buyer was promised is what holds.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from uuid import UUID

from catalog.queries import Offer
from marketplace.core.public_facts import public_fact
from marketplace.orders.delivery_plans import PlannedParcel
from marketplace.orders.models import CheckoutAttempt, FreeDelivery, PriceOffer
from marketplace.orders.voucher_errors import VoucherProblem, VoucherUnknown
from marketplace.orders.vouchers import apply_code
from vendors.scoping import Crossing, Scope

Sums = dict[UUID, int]


def free_from(cooperative_ids: Iterable[UUID], market: str) -> Sums:
    """From which sum of its products each cooperative delivers for free; minor units.

    Cooperatives that do not are left out.
    """
    return _newest(market, cooperative_id__in=list(cooperative_ids))


@public_fact
def all_free_from(market: str) -> Sums:
    """The same of every cooperative that delivers for free in a market."""
    return _newest(market)


def _newest(market: str, **which: list[UUID]) -> Sums:
    rows = FreeDelivery.objects.crossing(Crossing.CHECKOUT).filter(market=market, **which)
    newest = rows.order_by("cooperative_id", "-pk").distinct("cooperative_id")
    pairs = newest.values_list("cooperative_id", "from_minor")
    return {key: from_minor for key, from_minor in pairs if from_minor is not None}


def free_from_by_market(scope: Scope) -> dict[str, int]:
    """What a cooperative has set, by market."""
    rows = FreeDelivery.objects.within(scope).order_by("market", "-pk").distinct("market")
    pairs = rows.values_list("market", "from_minor")
    return {market: from_minor for market, from_minor in pairs if from_minor is not None}


def promised(
    attempt: CheckoutAttempt | None, cooperative_ids: Iterable[UUID], market: str, country: str
) -> Sums:
    """The sums that hold for a checkout: those of its beginning, or today's without one.

    ``country`` is where it is sent: there an offer in place of a refused product is free.
    """
    if attempt is None or attempt.free_from is None:
        return free_from(cooperative_ids, market)
    sums = {UUID(key): from_minor for key, from_minor in attempt.free_from.items()}
    return sums | free_by_offer(attempt.price_offer, country)


def free_by_offer(offer: PriceOffer | None, country: str) -> Sums:
    """The same of an offer whose delivery to a country is free whatever it costs."""
    return {offer.cooperative_id: 0} if offer and offer.free_to == country else {}


def goods_after_voucher(sold: Sequence[tuple[int, Offer]], market: str, code: str) -> Sums:
    """What each cooperative's goods (quantity and offer) cost, a voucher taken off.

    With a voucher that is not ours nothing is known of that, and nothing is free.
    """
    off: dict[UUID, int] = {}
    if code:
        try:
            off = apply_code(code, market, sold).off
        except VoucherUnknown:
            return {}
        except VoucherProblem:
            off = {}
    return sums_of(sold, off)


def sums_of(sold: Sequence[tuple[int, Offer]], off: Mapping[UUID, int]) -> Sums:
    """What each cooperative's goods cost, less what is taken off each variant."""
    goods: Sums = {}
    for quantity, offer in sold:
        price = quantity * offer.amount_minor - off.get(offer.variant_id, 0)
        goods[offer.cooperative_id] = goods.get(offer.cooperative_id, 0) + price
    return goods


def waive(
    plans: Mapping[UUID, PlannedParcel | None], goods: Sums, sums: Sums
) -> dict[UUID, PlannedParcel | None]:
    """The parcels, free for the buyer where the goods reach the cooperative's sum."""
    return {
        key: replace(plan, amount_minor=0, waived_minor=plan.amount_minor)
        if plan is not None and key in sums and goods.get(key, 0) >= sums[key]
        else plan
        for key, plan in plans.items()
    }
