"""Orders that are collected at the cooperative, for tests."""

from marketplace.orders.models import Collection, Order, VendorOrder
from marketplace.orders.services import checkout
from marketplace.orders.services.set_pickup import PickupTerms, set_pickup
from tests.orders.world import BY, World
from vendors.models import Cooperative

CARD = {"number": "4242 4242 4242 4242"}
TERMS = PickupTerms(
    is_offered=True, address_line="Route de l'oasis", place_name="Zagora",
    hours={"fr": "Du lundi au samedi, 9 h à 17 h"}, ready_days=2, keep_days=5,
)  # fmt: skip


def offer(cooperative: Cooperative) -> None:
    set_pickup(cooperative=cooperative, terms=TERMS, by=BY)


def bought(world: World, **quantities: int) -> Order:
    attempt = world.begun(**quantities)
    attempt = checkout.choose_delivery(attempt=attempt, option_id="pickup")
    assert checkout.pay(attempt=attempt, method="card", data=CARD).is_settled
    return checkout.complete(attempt=attempt)


def collection_of(part: VendorOrder) -> Collection:
    return Collection.objects.within(part.cooperative.scope).get(vendor_order=part)
