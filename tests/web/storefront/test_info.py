"""The page of ways to pay names those of the market, each once."""

from typing import Any

import pytest
from django.test import Client

pytestmark = pytest.mark.django_db


@pytest.fixture
def shown(settings: Any) -> Any:
    settings.TEST_PAYMENTS = True

    def page(choices: str) -> str:
        settings.PAYMENT_PROVIDERS = choices
        return Client().get("/ma/fr/about/payment/").content.decode()

    return page


def test_every_way_of_the_market_is_named(shown: Any) -> None:
    html = shown("ma=test-card,cash-on-delivery")
    assert html.count("<h2>Carte bancaire</h2>") == 1
    assert "<h2>Paiement à la livraison</h2>" in html
    assert "virement" not in html.lower()


def test_a_market_without_a_way_says_where_to_look(shown: Any) -> None:
    html = shown("eu=test-card")
    assert "<h2>Carte bancaire</h2>" not in html
    assert "La page de paiement affiche les modes de paiement possibles" in html
