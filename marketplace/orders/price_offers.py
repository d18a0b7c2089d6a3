"""Offers to one buyer, read: those of a conversation, of a basket, of an order."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from uuid import UUID

from django.utils import timezone

from catalog.markets import market_of
from catalog.queries import Offer, offers_for
from marketplace.orders.delivery_plans import PlannedLine, plan_parcels
from marketplace.orders.free_delivery import free_from, sums_of, waive
from marketplace.orders.models import Basket, PriceOffer, PriceOfferState
from marketplace.orders.price_offer_errors import NoSuchPriceOffer
from marketplace.orders.shipping_rates import Place
from vendors.scoping import CooperativeScope, Crossing


def offers_in(cooperative_id: UUID, conversation_id: UUID) -> list[PriceOffer]:
    """The offers of a conversation, the latest first."""
    rows = PriceOffer.objects.within(CooperativeScope(cooperative_id))
    return list(rows.filter(conversation_id=conversation_id))


def offer_in(cooperative_id: UUID, conversation_id: UUID, version: int) -> PriceOffer:
    """One of them; raises NoSuchPriceOffer."""
    for offer in offers_in(cooperative_id, conversation_id):
        if offer.version == version:
            return offer
    raise NoSuchPriceOffer


def offer_of_order(order_id: UUID) -> PriceOffer | None:
    """The offer that an order came from."""
    rows = PriceOffer.objects.crossing(Crossing.BUYER_ORDER)
    found: PriceOffer | None = rows.filter(order_id=order_id, state=PriceOfferState.TAKEN).first()
    return found


def substitute_in(order_id: UUID, offer_id: UUID) -> PriceOffer:
    """An offer in place of something refused of an order; raises NoSuchPriceOffer."""
    rows = PriceOffer.objects.crossing(Crossing.BUYER_ORDER)
    of_order = rows.filter(in_place_of__refusal__vendor_order__order_id=order_id)
    found: PriceOffer | None = of_order.filter(pk=offer_id).first()
    if found is None:
        raise NoSuchPriceOffer
    return found


def not_in_stock(offers: Iterable[PriceOffer]) -> set[UUID]:
    """Of which open offers fewer pieces can be bought now than they have."""
    return {
        offer.pk
        for offer in offers
        if offer.is_open and (in_stock(sold_as(offer)) or 0) < offer.quantity
    }


def at_agreed_price(sold: Mapping[UUID, Offer], basket: Basket) -> dict[UUID, Offer]:
    """What the shop sells, at the price that was offered where the basket holds an offer."""
    agreed = basket.price_offer
    if agreed is None or agreed.variant_id not in sold:
        return dict(sold)
    own = replace(sold[agreed.variant_id], amount_minor=agreed.unit_minor)
    return dict(sold) | {agreed.variant_id: own}


def sold_as(offer: PriceOffer) -> Offer | None:
    """The product as its market sells it now; None when it no longer does."""
    channel = market_of(offer.market).channel_slug
    return offers_for([offer.variant_id], channel).get(offer.variant_id)


def in_stock(sold: Offer | None) -> int | None:
    """How many of a product (as by ``sold_as``) can be bought now; None when it is not sold."""
    return max(sold.available, 0) if sold else None


def delivery_minor(offer: PriceOffer, sold: Offer) -> int | None:
    """What delivery of all of it costs within the market's own country; None if it is unknown.

    ``sold`` is the product, as by ``sold_as``.
    """
    market = market_of(offer.market)
    agreed = replace(sold, amount_minor=offer.unit_minor)
    plans = plan_parcels(
        [PlannedLine.of_offer(agreed, quantity=offer.quantity)],
        destination=Place(market.default_country, ""),
        currency=market.currency,
        on=timezone.localdate(),
    )
    plans = waive(plans, sums_of([(offer.quantity, agreed)], {}), free_from(plans, market.code))
    plan = plans[sold.cooperative_id]
    return plan.amount_minor if plan else None
