"""From the basket to the order, page by page, on the embedded engine."""

import re

import pytest
from django.test import Client

from catalog.markets import Market, market_of
from marketplace.orders.models import CheckoutAttempt, Order, PaymentStatus
from marketplace.web.storefront.checkout.forms import AddressForm
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


@pytest.mark.parametrize(
    ("typed", "kept"),
    [("+33 6 12 34 56 78", "+33612345678"), ("00216 21 612 345", "+21621612345")],
)
def test_a_mobile_of_another_country_is_taken_at_home(buyer: Client, typed: str, kept: str) -> None:
    assert begin(buyer, phone=typed).phone == kept


@pytest.mark.parametrize(
    ("changes", "told"),
    [
        ({"postal_code": "ABC"}, "53000"),
        ({"city": "123"}, "Entrez le nom"),
        ({"phone": "0661"}, "06 50 12 34 56"),
    ],
)
def test_a_wrong_address_is_refused_beside_its_field(
    buyer: Client, changes: dict[str, str], told: str
) -> None:
    html = buyer.post("/ma/fr/checkout/", ADDRESS | changes).content.decode()

    assert told in html
    assert not CheckoutAttempt.objects.exists()


@pytest.mark.parametrize(
    ("market", "country", "example"),
    [
        ("tn", "TN", "20 123 456"), ("sn", "SN", "70 123 45 67"), ("jo", "JO", "07 9012 3456"),
        ("eg", "EG", "010 01234567"), ("eu", "FR", "06 12 34 56 78"),
    ],
)  # fmt: skip
def test_the_example_is_a_number_of_the_market(market: str, country: str, example: str) -> None:
    wrong = ADDRESS | {"country_code": country, "phone": "06 6", "region_code": ""}

    form = AddressForm(wrong, market=market_of(market), language="fr")

    (told,) = form.errors["phone"]
    assert example in told


@pytest.mark.parametrize(("country", "town"), [("CN", "市"), ("BR", "Rio Branco"), ("KR", "시")])
def test_towns_are_a_list_where_the_post_has_one(country: str, town: str) -> None:
    market = Market("xx", "xx", "EUR", (country, "FR"), "Europe/Paris", "X")
    first = AddressForm(market=market, language="fr")
    (_none, (region, _name), *_rest) = first.fields["region_code"].choices  # type: ignore[attr-defined]

    form = AddressForm(
        ADDRESS | {"country_code": country, "region_code": region}, market=market, language="fr"
    )

    assert any(town in str(name) for _key, name in form.fields["city"].choices)  # type: ignore[attr-defined]


def test_another_country_of_the_market_asks_for_what_its_addresses_need(
    client: Client, world: World
) -> None:
    client.post("/eu/fr/basket/add/", {"variant": str(world.honey), "quantity": 1})
    first = client.get("/eu/fr/checkout/").content.decode()
    assert 'name="region_code"' not in first
    typed = ADDRESS | {"fields_for": "FR", "country_code": "ES", "postal_code": "28001"}

    again = client.post("/eu/fr/checkout/", typed).content.decode()

    assert '<option value="ES-B">Barcelona</option>' in again
    assert 'value="Salma Bennani"' in again
    assert not CheckoutAttempt.objects.exists()
    wrong = client.post("/eu/fr/checkout/", typed | {"fields_for": "ES", "region_code": "ES-B"})
    assert "province choisie" in wrong.content.decode()
    right = {"fields_for": "ES", "region_code": "ES-M", "city": "Madrid", "phone": "612 34 56 78"}
    client.post("/eu/fr/checkout/", typed | right)
    attempt = CheckoutAttempt.objects.get()
    assert (attempt.address.region_code, attempt.phone) == ("ES-M", "+34612345678")


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
