"""Many cooperatives at a Saleor: made, linked, listed, sold from and fulfilled, with the time each.

    SALEOR_API_URL=… DATABASE_URL=… TWIZA_CHANNELS=ma,eg,tn,sn,eu \\
      uv run python tests/load/many_cooperatives.py --cooperatives 600 --orders 10

The environment is that of ``twiza serve``, which has to run beside it (Saleor asks it for delivery,
taxes and payment), with the test provider allowed; the App is installed. Run it against a Saleor
that may be filled. What an earlier run made is found again.
"""

import argparse
import json
import os
import sys
import time
from collections.abc import Callable
from typing import TypeVar

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "marketplace.settings")

import django

django.setup()

from catalog.content import ListingText, RevisionContent  # noqa: E402
from catalog.markets import MARKETS  # noqa: E402
from catalog.models import Listing, ListingPage, ListingVariant  # noqa: E402
from catalog.read_model import sweeps  # noqa: E402
from catalog.services import NewListing, apply_first_revisions, start_approved  # noqa: E402
from marketplace.core.actors import Actor  # noqa: E402
from marketplace.core.errors import TwizaError  # noqa: E402
from marketplace.orders.address import Address  # noqa: E402
from marketplace.orders.models import Order, VendorOrder  # noqa: E402
from marketplace.orders.services import baskets, checkout, confirm, ship  # noqa: E402
from marketplace.payments.providers.test_card import APPROVED, TestCard  # noqa: E402
from marketplace.saleor import ids, setup  # noqa: E402
from vendors.models import Cooperative, CooperativeStatus, Programme  # noqa: E402
from vendors.scoping import Crossing  # noqa: E402
from vendors.services import (  # noqa: E402
    CooperativeFacts,
    create_programme,
    publish_cooperatives,
    register_cooperative,
    write_texts,
)

BY = Actor.system("load")
T = TypeVar("T")
LINES_IN_AN_ORDER = 3
_times: list[dict[str, object]] = []


def timed(what: str, count: int, act: Callable[[], T]) -> T:
    """Do it, and print how long it took."""
    began = time.monotonic()
    found = act()
    seconds = time.monotonic() - began
    _times.append({"what": what, "count": count, "seconds": round(seconds, 1)})
    each = seconds / max(count, 1)
    print(f"{what}: {count} in {seconds:.1f} s, {each:.3f} s each", flush=True)
    return found


def programme() -> Programme:
    found = Programme.objects.filter(slug="load").first()
    return found or create_programme(
        slug="load",
        names={"ar": "حمل", "fr": "Charge", "en": "Load"},
        legal_payer="Load",
        country_codes=["MA"],
        base_currency="MAD",
        by=BY,
    )


def cooperatives() -> list[Cooperative]:
    rows = Cooperative.objects.crossing(Crossing.OPERATOR_COMMAND)
    return list(rows.filter(slug__startswith="load-").order_by("slug"))


def register(count: int) -> None:
    known = {row.slug for row in cooperatives()}
    owner = programme()
    for number in range(count):
        slug = f"load-{number:04}"
        if slug in known:
            continue
        facts = CooperativeFacts(
            slug=slug,
            legal_name=f"Coopérative {number}",
            legal_name_latin=f"COOPERATIVE {number}",
            kind="women",
            sector="food",
            country_code="MA",
            region_code="MA-09",
            place_name="Tafraout",
            address_line="Douar Aït Baha",
            postal_code="85450",
            payout_currency="MAD",
        )
        made = register_cooperative(programme=owner, facts=facts, by=BY)
        for language, name in (("fr", f"Coopérative {number}"), ("ar", f"تعاونية {number}")):
            write_texts(cooperative=made, language=language, name=name, by=BY)


def publish() -> None:
    drafts = [row for row in cooperatives() if row.status == CooperativeStatus.DRAFT]
    publish_cooperatives(cooperatives=drafts, by=BY)


def list_goods() -> int:
    revisions = []
    for owner in cooperatives():
        if Listing.objects.within(owner.scope).exists():
            continue
        texts = {
            "fr": ListingText(name=f"Miel {owner.slug}", description="Miel de thym."),
            "ar": ListingText(name=f"عسل {owner.slug}", description="عسل الزعتر."),
        }
        content = RevisionContent(
            texts=texts,
            source_language="fr",
            category_slug="honey",
            taxonomy_slug="honey-thyme",
            weight_grams=400,
            prices={market.channel_slug: 9500 for market in MARKETS},
            quantity=50,
        )
        revisions += start_approved(cooperative=owner, listings=[NewListing(content, 50)], by=BY)
    if problems := apply_first_revisions(revisions=revisions, by=BY):
        raise SystemExit(f"Refused: {next(iter(problems.values()))}")
    return len(revisions)


def buy(number: int) -> Order:
    rows = ListingVariant.objects.crossing(Crossing.OPERATOR_COMMAND)
    goods = list(rows.filter(listing__slug__startswith="miel-load-").order_by("listing__slug"))
    step = max(len(goods) // 7, 1)
    basket = baskets.open_basket(market="ma", language="fr")
    for line in range(LINES_IN_AN_ORDER):
        variant = goods[(number + line * step) % len(goods)]
        baskets.add_line(basket=basket, variant_id=variant.pk, quantity=1)
    address = Address(
        name="Amina Idrissi",
        line1="12 rue des Arganiers",
        city="Agadir",
        region_code="MA-09",
        postal_code="80000",
        country_code="MA",
        phone="+212661000000",
    )
    attempt = checkout.start(
        basket=basket,
        email="amina@example.org",
        phone="+212661000000",
        address=address,
        language="fr",
    )
    card = {"provider": TestCard.name, "number": APPROVED}
    checkout.pay(attempt=attempt, method="card", data=card)
    return checkout.complete(attempt=attempt)


def fulfil(orders: list[Order]) -> int:
    parts = VendorOrder.objects.crossing(Crossing.OPERATOR_COMMAND).filter(order__in=orders)
    for part in parts.select_related("cooperative", "order"):
        confirm.confirm_vendor_order(vendor_order=part, by=BY)
        ship.ship_parcel(
            vendor_order=part,
            lines={line.pk: line.quantity for line in part.lines.all()},
            tracking_number=f"T{part.number.replace('-', '')}",
            carrier="amana",
            by=BY,
        )
    return len(parts)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--cooperatives", type=int, default=600)
    parser.add_argument("--orders", type=int, default=10)
    options = parser.parse_args()
    print(f"{len(MARKETS)} channels: {', '.join(m.channel_slug for m in MARKETS)}", flush=True)
    timed("set up the store", 1, lambda: setup.apply(by=BY))
    timed("register", options.cooperatives, lambda: register(options.cooperatives))
    waiting = [row for row in cooperatives() if row.status == CooperativeStatus.DRAFT]
    timed("page, warehouse and its channels", len(waiting), publish)
    owners = cooperatives()
    linked = ids.global_ids(ids.WAREHOUSE, [row.pk for row in owners])
    print(f"warehouses: {len(linked)} of {len(owners)}", flush=True)
    timed("a listing each", len(owners), list_goods)
    print(f"listings shown: {ListingPage.objects.filter(slug__startswith='miel-load-').count()}")
    timed("compare the set-up", 1, setup.plan)
    timed("quick sweep", 1, sweeps.quick_sweep)
    try:
        orders = timed(
            f"buy from {LINES_IN_AN_ORDER} cooperatives",
            options.orders,
            lambda: [buy(number) for number in range(options.orders)],
        )
        parts = options.orders * LINES_IN_AN_ORDER
        timed("confirm and fulfil a parcel", parts, lambda: fulfil(orders))
    except TwizaError as error:
        print(f"stopped: {error}", flush=True)
    json.dump(_times, sys.stdout)


if __name__ == "__main__":
    main()
