"""Offers to one buyer and their checkouts, for tests."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any
from uuid import UUID, uuid4

from django.utils import timezone

from marketplace.orders.models import Basket, CheckoutAttempt, PriceOffer
from marketplace.orders.services import checkout, price_offers
from marketplace.orders.services.price_offers.making import NewPriceOffer
from tests.orders.world import CASABLANCA, World

CARD = {"number": "4242 4242 4242 4242"}
CONVERSATION = UUID(int=7)


def offered(world: World, **changed: Any) -> PriceOffer:
    """Eighteen jars at 80 DH in place of 95."""
    facts: dict[str, Any] = {
        "variant_id": world.honey,
        "quantity": 18,
        "unit_minor": 8_000,
        "valid_until": timezone.localdate() + timedelta(days=14),
    }
    offer, _new = price_offers.make_price_offer(
        conversation_id=CONVERSATION,
        cooperative=world.growers,
        market="ma",
        wanted=NewPriceOffer(**facts | changed),
        form_key=uuid4().hex,
        by=world.other_manager,
    )
    return offer


def begun(basket: Basket) -> CheckoutAttempt:
    return checkout.start(
        basket=basket,
        email="salma@example.org",
        phone=CASABLANCA.phone,
        address=CASABLANCA,
        language="fr",
    )


def paying(attempt: CheckoutAttempt) -> Callable[[], None]:
    """Pays a checkout and places its order, in a window of its own."""

    def pay() -> None:
        own = CheckoutAttempt.objects.get(pk=attempt.pk)
        checkout.pay(attempt=own, method="card", data=CARD)
        checkout.complete(attempt=CheckoutAttempt.objects.get(pk=attempt.pk))

    return pay
