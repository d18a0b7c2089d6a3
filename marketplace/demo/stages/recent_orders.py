"""Stage of the last orders, placed as a buyer does: basket, address, delivery, payment."""

import logging
from collections.abc import Iterable
from datetime import datetime
from functools import cache
from random import Random
from uuid import UUID

from catalog.models import ListingVariant
from marketplace.core.actors import Actor
from marketplace.core.errors import TwizaError
from marketplace.demo.models import DemoPurchase
from marketplace.demo.stages import BY
from marketplace.demo.stages.past_orders.batches import PAST, RECENT, all_purchases, are_early
from marketplace.demo.stages.past_orders.cash import CARRIER
from marketplace.demo.world.chance import stream
from marketplace.demo.world.orders import Buyer, Purchase
from marketplace.orders.address import Address
from marketplace.orders.models import Order, VendorOrder
from marketplace.orders.services import (
    baskets,
    checkout,
    complaints,
    confirm,
    record_delivery,
    ship,
)
from marketplace.payments.providers.test_card import APPROVED, TestCard
from vendors.scoping import Crossing

logger = logging.getLogger(__name__)

FIRST = 30
# How many of those whose parcel arrived complain.
COMPLAINING = 0.35
_COMPLAINTS: tuple[tuple[str, dict[str, str]], ...] = (
    (
        "damaged",
        {
            "ar": "وصل مكسورا والعلبة مبلّلة.",
            "fr": "Arrivé cassé, et le carton était mouillé.",
            "en": "It arrived broken, and the box was wet.",
        },
    ),
    (
        "not_as_described",
        {
            "ar": "اللون يختلف كثيرا عن الصورة.",
            "fr": "La couleur n’est pas du tout celle de la photo.",
            "en": "The colour is not at all that of the picture.",
        },
    ),
    ("changed_mind", {"ar": "", "fr": "", "en": ""}),
)
_REFUSAL = "Emballé avec soin, le colis a quitté l’atelier en bon état."
REST = RECENT - FIRST


def make_first(first: int, last: int, begun_at: datetime) -> None:
    """Some recent orders, early, so that the portals have something to do."""
    _make([p for p in _in_turn(begun_at)[first:last] if are_early(p)])


def make_rest(first: int, last: int, begun_at: datetime) -> None:
    """The other recent orders."""
    missed = [p for p in _in_turn(begun_at)[:FIRST] if not are_early(p)] if first == 0 else []
    _make([*missed, *_in_turn(begun_at)[FIRST + first : FIRST + last]])


@cache
def _in_turn(begun_at: datetime) -> tuple[Purchase, ...]:
    """Recent orders in order of creation: the latest early ones, then the others."""
    recent = all_purchases(begun_at)[PAST:]
    early = [n for n, purchase in enumerate(recent) if are_early(purchase)][-FIRST:]
    return tuple(recent[n] for n in [*early, *(n for n in range(RECENT) if n not in early)])


def _make(wanted: Iterable[Purchase]) -> None:
    for purchase in wanted:
        if DemoPurchase.objects.filter(number=purchase.number).exists():
            continue
        try:
            order = _buy(purchase)
        except TwizaError:
            # Sold out or not sent there: this buyer leaves.
            continue
        DemoPurchase.objects.create(number=purchase.number, order_id=order.pk)
        try:
            _follow(order, stream("recent", purchase.number))
        except TwizaError as problem:
            logger.warning("Order %s of the demo stays as it is: %r", order.number, problem)


def _buy(purchase: Purchase) -> Order:
    basket = baskets.open_basket(market=purchase.buyer.market, language=purchase.language)
    keys = {line.offer.key[:120]: line.quantity for line in purchase.lines}
    rows = ListingVariant.objects.crossing(Crossing.DEMO_WORLD).filter(listing__import_key__in=keys)
    for row in rows.select_related("listing"):
        baskets.add_line(basket=basket, variant_id=row.pk, quantity=keys[row.listing.import_key])
    attempt = checkout.start(
        basket=basket,
        email=purchase.buyer.email,
        phone=purchase.buyer.phone,
        address=_address(purchase.buyer),
        language=purchase.language,
    )
    if purchase.method == "cod":
        checkout.pay(attempt=attempt, method="cod", data={})
    else:
        data = {"provider": TestCard.name, "number": APPROVED}
        checkout.pay(attempt=attempt, method="card", data=data)
    return checkout.complete(attempt=attempt)


def _address(buyer: Buyer) -> Address:
    return Address(
        name=buyer.name,
        line1=buyer.street,
        city=buyer.city,
        region_code=buyer.region,
        postal_code=buyer.postal_code,
        country_code=buyer.country,
        phone=buyer.phone,
    )


def _follow(order: Order, chance: Random) -> None:
    """Some cooperatives are quick: confirmed, shipped, and sometimes delivered."""
    parts = VendorOrder.objects.crossing(Crossing.DEMO_WORLD).filter(order=order)
    for part in parts.select_related("cooperative", "order"):
        if chance.random() < 0.4:
            continue
        confirm.confirm_vendor_order(vendor_order=part, by=BY)
        if chance.random() < 0.35:
            continue
        parcel = ship.ship_parcel(
            vendor_order=part,
            lines={line.pk: line.quantity for line in part.lines.all()},
            tracking_number=f"DM{part.number.replace('-', '')}",
            carrier=CARRIER,
            by=BY,
        )
        if parcel.shipped_at and chance.random() < 0.3:
            record_delivery.record_delivery(
                parcel=parcel,
                kind="buyer",
                occurred_at=parcel.shipped_at,
                by=Actor.buyer(order.pk),
            )
            if chance.random() < COMPLAINING:
                _complain(part, chance)


def _complain(part: VendorOrder, chance: Random) -> None:
    """A buyer who is not content: the cooperative has not replied, or the mediator has it."""
    line = part.lines.all()[0]
    line.refresh_from_db()
    told = _COMPLAINTS[chance.randrange(len(_COMPLAINTS))]
    by = Actor.buyer(part.order_id)
    complaint = complaints.ask(
        vendor_order=part,
        quantities={line.pk: 1},
        reason=told[0],
        text=told[1].get(part.order.language, told[1]["en"]),
        key=UUID(int=chance.getrandbits(128)),
        by=by,
    )
    if chance.random() < 0.5:
        complaints.refuse(complaint=complaint, text=_REFUSAL, by=BY)
        complaints.ask_mediator(complaint=complaint, by=by)
