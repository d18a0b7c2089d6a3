"""A small world on the Saleor at ``SALEOR_API_URL``, and buyers who walk through our checkout."""

import random
import sys
import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db import connections
from django.utils import timezone, translation

from catalog.models import ListingPage, ListingVariant
from marketplace.core.errors import TwizaError
from marketplace.demo.stages import cooperatives, listings, people
from marketplace.orders.address import Address
from marketplace.orders.models import CheckoutAttempt, Order
from marketplace.orders.services import baskets, checkout
from marketplace.payments.providers.test_card import APPROVED, TestCard
from marketplace.saleor import ids
from marketplace.saleor.gateway import app_client
from vendors.scoping import Crossing

COOPERATIVES = 4
LANGUAGES = ("ar", "fr", "en")
ADDRESS = Address(
    name="Amina Idrissi",
    line1="12 rue des Arganiers",
    city="Agadir",
    region_code="MA-09",
    postal_code="80000",
    country_code="MA",
    phone="+212661000000",
)


def make_world() -> list[ListingVariant]:
    """Four cooperatives of the demo with their first goods; may be repeated. Their variants."""
    if not settings.SALEOR_API_URL:
        sys.exit("SALEOR_API_URL names no Saleor.")
    now = timezone.now()
    people.make(0, 1, now)
    cooperatives.make_first(0, COOPERATIVES, now)
    listings.make_first(0, COOPERATIVES, now)
    until = time.monotonic() + 60
    while time.monotonic() < until:
        shown = ListingPage.objects.values("listing_id")
        found = ListingVariant.objects.crossing(Crossing.DEMO_WORLD).filter(listing_id__in=shown)
        if found.count() >= COOPERATIVES * listings.FIRST_LISTINGS:
            break
        time.sleep(1)
    return list(found.select_related("listing__cooperative").order_by("pk"))


@dataclass
class Walk:
    """How far a buyer came, in which words she was told, and how long each step took."""

    language: str
    attempt: CheckoutAttempt | None = None
    order: Order | None = None
    paid: bool = False
    step: str = ""
    error: str = ""
    words: str = ""
    seconds: dict[str, float] = field(default_factory=dict)

    def do(self, step: str, act: Any) -> Any:
        """Run one step; what is refused is kept in the buyer's words, and None returned."""
        self.step, begun = step, time.monotonic()
        with translation.override(self.language):
            try:
                return act()
            except TwizaError as error:
                self.error, self.words = type(error).__name__, str(error)
                return None
            finally:
                self.seconds[step] = time.monotonic() - begun


def begin(walk: Walk, lines: Sequence[tuple[ListingVariant, int]]) -> bool:
    """Fill a basket and start to buy it."""
    basket = baskets.open_basket(market="ma", language=walk.language)

    def start() -> CheckoutAttempt:
        for variant, quantity in lines:
            baskets.add_line(basket=basket, variant_id=variant.pk, quantity=quantity)
        return checkout.start(
            basket=basket,
            email=f"buyer-{random.randrange(10**9)}@example.org",
            phone=ADDRESS.phone,
            address=ADDRESS,
            language=walk.language,
        )

    walk.attempt = walk.do("start", start)
    return walk.attempt is not None


def pay(walk: Walk) -> bool:
    """Pay by the test card that is always approved."""
    data = {"provider": TestCard.name, "number": APPROVED}
    outcome = walk.do("pay", lambda: checkout.pay(attempt=walk.attempt, method="card", data=data))
    walk.paid = outcome is not None and outcome.is_settled
    if outcome is not None and not walk.paid:
        walk.error, walk.words = "refused", outcome.message
    return walk.paid


def complete(walk: Walk) -> bool:
    """Place the order."""
    walk.order = walk.do("complete", lambda: checkout.complete(attempt=walk.attempt))
    return walk.order is not None


def buy(language: str, lines: Sequence[tuple[ListingVariant, int]]) -> Walk:
    """One buyer's whole way."""
    walk = Walk(language)
    _done = begin(walk, lines) and pay(walk) and complete(walk)
    return walk


def set_stock(variant: ListingVariant, quantity: int) -> None:
    """As the programme's staff would in Saleor's Dashboard: what stands on the category."""
    ask(
        """mutation($variant: ID!, $stocks: [StockInput!]!) {
          productVariantStocksUpdate(variantId: $variant, stocks: $stocks) {
            errors { code message } } }""",
        variant=ids.global_id(ids.VARIANT, variant.pk),
        stocks=[
            {
                "warehouse": ids.global_id(ids.WAREHOUSE, variant.listing.cooperative_id),
                "quantity": quantity,
            }
        ],
    )


def allocated(variant: ListingVariant) -> int:
    """Units of a variant that Saleor holds for orders."""
    found = ask(
        "query($id: ID!) { productVariant(id: $id) { stocks { quantityAllocated } } }",
        id=ids.global_id(ids.VARIANT, variant.pk),
    )
    return sum(stock["quantityAllocated"] for stock in found["productVariant"]["stocks"])


def transactions_of(attempt: CheckoutAttempt) -> list[dict[str, Any]]:
    """What Saleor says of the money of a checkout that became no order."""
    if attempt.checkout_id is None:
        return []
    found = ask(
        """query($id: ID!) { checkout(id: $id) { transactions {
          chargedAmount { amount } refundedAmount { amount } refundPendingAmount { amount }
          events { type message createdAt } } } }""",
        id=ids.global_id(ids.CHECKOUT, attempt.checkout_id),
    )
    return list((found["checkout"] or {}).get("transactions") or [])


def ask(query: str, **variables: Any) -> dict[str, Any]:
    """A question to Saleor with our App's token; raises on anything that it calls an error."""
    client = app_client()
    data: dict[str, Any] = client.get_data(client.execute(query=query, variables=variables))
    for name, answer in data.items():
        if isinstance(answer, dict) and answer.get("errors"):
            raise RuntimeError(f"{name}: {answer['errors']}")
    return data


def in_stock(variants: Sequence[ListingVariant], least: int = 500) -> None:
    """Put enough of everything on the categories."""
    for variant in variants:
        set_stock(variant, least)


def orders_of(walks: Sequence[Walk]) -> set[UUID]:
    """The orders which came of these walks."""
    return {walk.order.pk for walk in walks if walk.order is not None}


def forget_connections() -> None:
    """At a thread's end: its database connections are closed."""
    connections.close_all()
