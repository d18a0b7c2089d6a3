"""No page names a payment method that the market does not offer; a declined card least of all."""

import re
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from catalog.markets import MARKETS, market_of
from catalog.models import ListingPage
from marketplace.payments.models import Method
from marketplace.payments.offered_providers import offers_cash
from marketplace.payments.queries import refusal_text
from tests.orders.conftest import made_world, world
from tests.orders.world import PARIS, World

__all__ = ["made_world", "world"]

pytestmark = pytest.mark.django_db

CASH = re.compile(r"on delivery|\bcash\b", re.IGNORECASE)
CODES = [market.code for market in MARKETS]


def main_of(path: str) -> str:
    html = Client().get(path).content.decode()
    return re.sub(r"<[^>]*>", " ", html.partition("<main")[2].partition("</main>")[0])


@pytest.mark.parametrize("chosen", ["", "*=cash-on-delivery,test-card", "*=test-card", "*="])
@pytest.mark.parametrize("code", CODES)
def test_home_and_payment_page_name_cash_where_it_is_offered(
    code: str, chosen: str, settings: Any
) -> None:
    settings.TEST_PAYMENTS = True
    settings.PAYMENT_PROVIDERS = chosen
    is_offered = market_of(code).is_one_country and chosen in {"", "*=cash-on-delivery,test-card"}

    assert bool(CASH.search(main_of(f"/{code}/en/"))) == is_offered
    assert ("Cash on delivery" in main_of(f"/{code}/en/about/payment/")) == is_offered
    assert offers_cash(market_of(code)) == is_offered


def test_a_declined_card_is_told_what_this_order_takes(world: World, settings: Any) -> None:
    settings.PAYMENT_PROVIDERS = ""
    at_home = world.begun(rug=1)
    abroad = world.begun(address=PARIS, rug=1)

    assert CASH.search(refusal_text("payment_refused", at_home))
    assert not CASH.search(refusal_text("payment_refused", abroad))
    settings.PAYMENT_PROVIDERS = "*=test-card"
    assert not CASH.search(refusal_text("payment_refused", at_home))
    settings.PAYMENT_PROVIDERS = "*=test-card,bank-transfer"
    settings.BANK_ACCOUNTS = "MAD=0118|Programme|Banque"
    assert "bank transfer" in refusal_text("payment_refused", at_home)
    assert "bank transfer" not in refusal_text("code_refused", at_home)


def test_a_basket_above_the_limit_is_not_told_of_cash(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    client = Client()
    for variant in (world.rug, world.honey):
        client.post("/ma/en/basket/add/", {"variant": str(variant), "quantity": 1})

    assert "You can pay in cash" in client.get("/ma/en/basket/").content.decode()
    monkeypatch.setattr(
        "marketplace.payments.providers.cash_on_delivery.most_in_cash", lambda _payable: 100
    )
    assert "You can pay in cash" not in client.get("/ma/en/basket/").content.decode()
    monkeypatch.undo()


def test_a_listing_names_the_methods_of_its_market(world: World, settings: Any) -> None:
    settings.PAYMENT_PROVIDERS = "ma=test-card,cash-on-delivery eu=test-card,cash-on-delivery"
    slug = ListingPage.objects.get(category_slug="rugs").slug
    path = reverse("storefront:listing", kwargs={"market": "ma", "language": "en", "slug": slug})

    assert "By card or in cash on delivery." in main_of(path)
    # Duties are due on delivery; nothing else is.
    assert "cash" not in main_of(path.replace("/ma/", "/eu/", 1))
    settings.PAYMENT_PROVIDERS = "ma=cash-on-delivery"
    assert "In cash on delivery." in main_of(path)
    assert Method.CARD not in main_of(path)
