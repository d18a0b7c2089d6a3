"""Ours beside Saleor's own, in one run, on the Saleor at ``SALEOR_API_URL``.

Listing page and search of ours (a whole page, as a browser asks for it) against the same goods by
Saleor's GraphQL (JSON alone); then a checkout by GraphQL with our App's webhooks, and one in a
channel of the store's own while our App is switched off: what the App costs a shopper. Each pair
is asked in turns, so that both see the same load. Twiza runs beside it (``TWIZA_PUBLIC_URL``).

    SALEOR_ADMIN_EMAIL=… SALEOR_ADMIN_PASSWORD=… python -m tests.load.side_by_side --times 40
"""

import argparse
import os
from collections.abc import Sequence
from typing import Any

from django.conf import settings

from catalog.models import ListingVariant
from marketplace.saleor import ids, instances
from tests.load import world
from tests.load.a_store import Store, made
from tests.load.between import Control
from tests.load.direct import Buyer
from tests.load.reading_beside import reading, row
from tests.load.world import Walk

OWN_CHANNEL = "side-by-side"
QUESTIONS = (
    "shipping_list_methods_for_checkout",
    "checkout_calculate_taxes",
    "payment_gateway_initialize_session",
    "transaction_initialize_session",
)


def own_channel(store: Store, variants: Sequence[ListingVariant]) -> None:
    """A channel which Saleor serves alone: flat taxes, a method of a zone, no payment needed."""
    found = store.ask("query { channels { id slug } }")
    channel = next((c["id"] for c in found if c["slug"] == OWN_CHANNEL), None)
    if channel is not None:
        return
    channel = made(
        store, "channelCreate", "ChannelCreateInput", "channel",
        {"name": "Side by side", "slug": OWN_CHANNEL, "currencyCode": "MAD", "isActive": True,
         "defaultCountry": "MA", "orderSettings": {"allowUnpaidOrders": True},
         "addWarehouses": [
             ids.global_id(ids.WAREHOUSE, v.listing.cooperative_id) for v in variants
         ]},
    )  # fmt: skip
    zone = made(
        store, "shippingZoneCreate", "ShippingZoneCreateInput", "shippingZone",
        {"name": OWN_CHANNEL, "countries": ["MA"], "addChannels": [channel]},
    )  # fmt: skip
    method = made(
        store, "shippingPriceCreate", "ShippingPriceInput", "shippingMethod",
        {"name": "Poste", "type": "PRICE", "shippingZone": zone},
    )  # fmt: skip
    store.ask(
        """mutation($id: ID!, $c: [ShippingMethodChannelListingAddInput!]!) {
          shippingMethodChannelListingUpdate(id: $id, input: {addChannels: $c}) {
          errors { field message code } } }""",
        id=method, c=[{"channelId": channel, "price": 40}],
    )  # fmt: skip
    for variant in variants:
        store.ask(
            """mutation($id: ID!, $c: ID!) { productChannelListingUpdate(id: $id,
              input: {updateChannels: [{channelId: $c, isPublished: true,
              isAvailableForPurchase: true}]}) { errors { field message code } } }""",
            id=ids.global_id(ids.PRODUCT, variant.listing_id), c=channel,
        )  # fmt: skip
        store.ask(
            """mutation($id: ID!, $c: ID!) { productVariantChannelListingUpdate(id: $id,
              input: [{channelId: $c, price: 95}]) { errors { field message code } } }""",
            id=ids.global_id(ids.VARIANT, variant.pk), c=channel,
        )  # fmt: skip


def checkouts(store: Store, variants: Sequence[ListingVariant], times: int) -> None:
    """With our App and without, in turns of five."""
    app = instances.current().app_id
    steps: dict[str, dict[str, list[float]]] = {"with our App": {}, "Saleor alone": {}}
    for number in range(times):
        alone = number // 5 % 2 == 1
        if number % 5 == 0:
            name = "appDeactivate" if alone else "appActivate"
            store.ask(
                f"mutation($id: ID!) {{ {name}(id: $id) {{ errors {{ message }} }} }}", id=app
            )
        lines = [
            (ids.global_id(ids.VARIANT, variants[(number + place) % len(variants)].pk), 1)
            for place in (0, 7)
        ]
        buyer = Buyer(Walk("-"), lines, channel=OWN_CHANNEL if alone else "ma-mad")
        done = buyer.begin() and (alone or buyer.pay()) and buyer.complete()
        if not done:
            print(f"  stopped at {buyer.walk.step}: {buyer.walk.error}")
            continue
        kept = steps["Saleor alone" if alone else "with our App"]
        for step, seconds in buyer.walk.seconds.items():
            kept.setdefault(step, []).append(seconds * 1000)
        whole = sum(seconds for step, seconds in buyer.walk.seconds.items() if step != "pay")
        kept.setdefault("whole, without paying", []).append(whole * 1000)
    store.ask("mutation($id: ID!) { appActivate(id: $id) { errors { message } } }", id=app)
    for step in ("start", "options", "delivery", "complete", "whole, without paying"):
        for name, kept in steps.items():
            if step in kept:
                row(f"checkout, {step}: {name}", kept[step])


def paying(variants: Sequence[ListingVariant], times: int) -> None:
    """Paying by our App in our own checkout, and how long our App took to answer what it was asked.

    The door of ``between.py`` tells the latter, when ``TWIZA_APP_URL`` names one.
    """
    door = Control(settings.APP_URL) if settings.APP_URL != settings.PUBLIC_URL else None
    if door is not None:
        door.let()
        door.passed()
    paid = [world.buy("fr", [(variants[n % len(variants)], 1)]) for n in range(times)]
    row(
        "payment by our App, in our checkout",
        [walk.seconds["pay"] * 1000 for walk in paid if walk.order is not None],
    )
    answers: dict[str, list[float]] = {}
    for passed in door.passed() if door is not None else []:
        answers.setdefault(passed["event"], []).append(passed["seconds"] * 1000)
    for event in QUESTIONS:
        if event in answers:
            row(f"our App answers {event}", answers[event])


def main() -> None:
    """Both, one after the other."""
    wanted = argparse.ArgumentParser(description=__doc__)
    wanted.add_argument("--times", type=int, default=40)
    options = wanted.parse_args()
    variants = world.make_world()
    world.in_stock(variants)
    store = Store(
        instances.api_url(), os.environ["SALEOR_ADMIN_EMAIL"], os.environ["SALEOR_ADMIN_PASSWORD"]
    )
    before: Any = os.getloadavg()[0]
    reading(options.times)
    own_channel(store, variants)
    checkouts(store, variants, options.times)
    paying(variants, options.times // 2)
    print(
        f"\nload {before:.0f} before, {os.getloadavg()[0]:.0f} after; {os.cpu_count()} processors"
    )


if __name__ == "__main__":
    main()
