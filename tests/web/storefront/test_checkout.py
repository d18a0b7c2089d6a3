"""From the basket to the order, page by page, on the embedded engine."""

import re

import pytest
from django.test import Client

from marketplace.orders.models import CheckoutAttempt, Order, PaymentStatus
from tests.factories.addresses import ADDRESS
from tests.orders.conftest import made_world, world
from tests.orders.world import World

__all__ = ["made_world", "world"]

pytestmark = pytest.mark.django_db


@pytest.fixture
def buyer(client: Client, world: World) -> Client:
    """A buyer with a rug and two honeys in the basket."""
    for variant, quantity in ((world.rug, 1), (world.honey, 2)):
        client.post("/ma/fr/basket/add/", {"variant": str(variant), "quantity": quantity})
    return client


def begin(buyer: Client, **changes: str) -> CheckoutAttempt:
    response = buyer.post("/ma/fr/checkout/", ADDRESS | changes)
    attempt = CheckoutAttempt.objects.get()
    assert response["Location"] == f"/ma/fr/checkout/{attempt.pk}/delivery/"
    return attempt


def test_the_basket_shows_a_parcel_for_each_cooperative(buyer: Client) -> None:
    html = buyer.get("/ma/fr/basket/").content.decode()
    assert "Tisseuses de Tiznit" in html
    assert "Apiculteurs de Zagora" in html
    assert "1\u202f770,00\u00a0DH" in html


def test_the_phone_is_kept_with_its_country(buyer: Client) -> None:
    assert begin(buyer).phone == "+212661223344"


def test_deliveries_are_offered_with_price_and_days(buyer: Client) -> None:
    attempt = begin(buyer)
    html = buyer.get(f"/ma/fr/checkout/{attempt.pk}/delivery/").content.decode()
    assert html.count('name="option"') == 2
    assert "80,00\u00a0DH" in html
    assert re.search(r'value="standard"\s+checked', html)


def test_cash_on_delivery_places_the_order_and_shows_it(buyer: Client) -> None:
    attempt = begin(buyer)
    chosen = buyer.post(f"/ma/fr/checkout/{attempt.pk}/delivery/", {"option": "standard"})
    assert chosen["Location"] == f"/ma/fr/checkout/{attempt.pk}/payment/"
    assert "Paiement à la livraison" in buyer.get(chosen["Location"]).content.decode()

    placed = buyer.post(chosen["Location"], {"method": "cod"})

    order = Order.objects.get()
    assert order.total_minor == 177_000
    assert order.payment_status != PaymentStatus.PAID
    assert re.fullmatch(r"/ma/fr/orders/[\w-]+/\?new=1", placed["Location"])
    assert order.number in buyer.get(placed["Location"]).content.decode()


def test_paying_by_card_leads_to_the_cards_page(buyer: Client) -> None:
    attempt = begin(buyer)
    response = buyer.post(f"/ma/fr/checkout/{attempt.pk}/payment/", {"method": "card"})
    assert response["Location"] == f"/ma/fr/checkout/{attempt.pk}/card/"
    assert Order.objects.count() == 0


def test_another_browser_does_not_see_the_attempt(buyer: Client) -> None:
    attempt = begin(buyer)
    stranger = Client()
    for page in ("delivery", "payment"):
        assert stranger.get(f"/ma/fr/checkout/{attempt.pk}/{page}/").status_code == 404


def test_an_option_that_is_not_offered_is_refused_in_words(buyer: Client) -> None:
    attempt = begin(buyer)
    response = buyer.post(f"/ma/fr/checkout/{attempt.pk}/delivery/", {"option": "teleport"})
    assert response["Location"] == f"/ma/fr/checkout/{attempt.pk}/delivery/"
    attempt.refresh_from_db()
    assert attempt.delivery_option == "standard"


def test_someone_faster_is_said_so_and_nothing_is_charged(buyer: Client, world: World) -> None:
    world.placed(rug=5)

    html = buyer.post("/ma/fr/checkout/", ADDRESS).content.decode()

    assert 'role="alert"' in html
    assert "Tapis" in html
    assert Order.objects.count() == 1


def test_the_last_address_is_filled_in_again(buyer: Client) -> None:
    begin(buyer)
    assert 'value="12 rue des Orangers"' in buyer.get("/ma/fr/checkout/").content.decode()
