"""What journeys need before they begin, made by the services that the pages use."""

import json
import time
from collections.abc import Sequence
from dataclasses import asdict, dataclass

from tests.demos import Demo


@dataclass(frozen=True)
class Bought:
    """An order to be made: two of each of a cooperative's first products, paid by card."""

    buyer: str
    email: str
    cooperative: str
    language: str
    products: int = 1


@dataclass(frozen=True)
class Placed:
    """An order that has arrived: its number, and the token of its buyer's link."""

    number: str
    token: str
    buyer: str
    email: str


ARRIVED = (
    Bought("Hafsa Idrissi", "hafsa@example.org", "timzit-n-tidzi", "fr", products=2),
    Bought("نعيمة الزروالي", "naima@example.org", "timzit-n-tidzi", "ar"),
    Bought("مريم التازي", "maryam@example.org", "timzit-n-tidzi", "ar"),
    Bought("Lucie Aubert", "lucie@example.org", "timzit-n-tidzi", "fr"),
)

# Sent by the cooperative, received by the buyer.
_BRING = """
from datetime import UTC, datetime
from marketplace.core.actors import Actor
from marketplace.orders.models import Order, VendorOrder
from marketplace.orders.services import record_delivery, ship
from vendors.scoping import Crossing

def bring(order):
    part = VendorOrder.objects.crossing(Crossing.SCHEDULED_JOB).get(order=order)
    quantities = {line.pk: line.quantity for line in part.lines.all()}
    parcel = ship.ship_parcel(vendor_order=part, lines=quantities, by=Actor.system("test"))
    record_delivery.record_delivery(
        parcel=parcel, kind="buyer", occurred_at=datetime.now(UTC), by=Actor.buyer(order.pk)
    )
"""
# Placed as a buyer does.
_PLACE = """
import json
from catalog.markets import market_of
from catalog.models import ListingOffer
from marketplace.orders.address import Address
from marketplace.orders.services import baskets, checkout, tracking_links
from marketplace.payments.providers.test_card import APPROVED, TestCard

CARD = {"provider": TestCard.name, "number": APPROVED}

def fill(basket, asked):
    offers = ListingOffer.objects.filter(
        channel_slug=market_of("ma").channel_slug, available__gt=20, page__is_published=True,
        page__cooperative_slug=asked["cooperative"],
    )
    for offer in offers.order_by("page__slug")[:asked["products"]]:
        baskets.add_line(basket=basket, variant_id=offer.variant_id, quantity=2)

def buy(asked):
    basket = baskets.open_basket(market="ma", language=asked["language"])
    fill(basket, asked)
    address = Address(
        name=asked["buyer"], line1="12 rue des Orangers", city="Casablanca",
        region_code="MA-06", country_code="MA", phone="+212661223344",
    )
    attempt = checkout.start(
        basket=basket, email=asked["email"], phone=address.phone, address=address,
        language=asked["language"],
    )
    checkout.pay(attempt=attempt, method="card", data=CARD)
    return checkout.complete(attempt=attempt)

for asked in json.loads(ASKED):
    order = buy(asked)
    bring(order)
    print("PLACED", order.number, tracking_links.issue_link(order=order))
"""


def run_code(demo: Demo, code: str) -> str:
    """Run a few lines in the demo's world; what they print."""
    done = demo.run("manage", "shell", "-c", code, timeout=300)
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


def place_orders(demo: Demo, wanted: Sequence[Bought]) -> dict[str, Placed]:
    """Orders that arrive at once, by the address of their buyers."""
    asked = [asdict(each) for each in wanted]
    for each in asked:  # so that the orders of another run in the same demo are other buyers'
        each["email"] = each["email"].replace("@", f".{time.time_ns() % 1_000_000}@")
    told = run_code(demo, f"ASKED = {json.dumps(asked)!r}\n{_BRING}{_PLACE}")
    rows = [line.split()[1:] for line in told.splitlines() if line.startswith("PLACED ")]
    assert len(rows) == len(wanted), told
    return {
        each.email: Placed(number, token, each.buyer, made["email"])
        for each, made, (number, token) in zip(wanted, asked, rows, strict=True)
    }


def bring_order(demo: Demo, number: str) -> None:
    """Let the one parcel of an order leave and arrive."""
    run_code(demo, f"{_BRING}\nbring(Order.objects.get(number={number!r}))")
