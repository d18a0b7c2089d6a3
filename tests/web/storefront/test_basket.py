"""The basket, with and without scripts."""

from uuid import uuid4

import pytest
from django.test import Client

from catalog.models import ListingPage
from marketplace.orders.models import BasketLine, CheckoutAttempt
from tests.factories.listings import listing_page
from tests.factories.vendors import make_published

pytestmark = pytest.mark.django_db
HTMX = {"HX-Request": "true"}
ADDRESS = {
    "name": "Salma Bennani",
    "phone": "0661223344",
    "email": "salma@example.org",
    "country_code": "MA",
    "region_code": "MA-06",
    "city": "Casablanca",
    "line1": "12 rue des Orangers",
}


def variant_of(page: ListingPage) -> str:
    return str(page.offers.get().variant_id)


@pytest.fixture
def saffron() -> ListingPage:
    cooperative = make_published(name="Tamounte")
    return listing_page(
        "saffron",
        prices={"ma": 9500},
        cooperative_id=cooperative.pk,
        cooperative_slug=cooperative.slug,
    )


def test_a_product_goes_into_the_basket_and_shows_its_parcel(
    client: Client, saffron: ListingPage
) -> None:
    response = client.post("/ma/fr/basket/add/", {"variant": variant_of(saffron), "quantity": "٢"})
    assert response["Location"] == "/ma/fr/basket/"
    html = client.get("/ma/fr/basket/").content.decode()
    assert "190,00\u00a0DH" in html
    assert "Colis 1\u00a0: Tamounte" in html
    assert BasketLine.objects.get().quantity == 2


@pytest.mark.parametrize(("pieces", "said"), [(1, "encore ajouter 500\u00a0g"), (2, "")])
def test_what_is_still_delivered_for_the_same_price_is_said(
    client: Client, saffron: ListingPage, pieces: int, said: str
) -> None:
    client.post("/ma/fr/basket/add/", {"variant": variant_of(saffron), "quantity": pieces})

    html = client.get("/ma/fr/basket/").content.decode()

    assert said in html
    assert ("au même prix" in html) is bool(said)


def test_htmx_gets_the_count_and_a_word(client: Client, saffron: ListingPage) -> None:
    response = client.post(
        "/ma/fr/basket/add/", {"variant": variant_of(saffron), "quantity": "2"}, headers=HTMX
    )
    html = response.content.decode()
    assert 'id="basket-link" hx-swap-oob="true"' in html
    assert '<span class="count" aria-hidden="true">2</span>' in html
    assert 'id="toasts"' in html
    assert "<html" not in html


def test_a_refusal_leads_to_the_basket_only_where_something_is_in_it(
    client: Client, saffron: ListingPage
) -> None:
    add, link = (
        {"variant": variant_of(saffron), "quantity": "two"},
        'href="/ma/en/basket/">View basket',
    )
    assert link not in client.post("/ma/en/basket/add/", add, headers=HTMX).content.decode()

    client.post("/ma/en/basket/add/", add | {"quantity": "2"}, headers=HTMX)
    assert link in client.post("/ma/en/basket/add/", add, headers=HTMX).content.decode()


def test_each_market_has_its_own_basket(client: Client, saffron: ListingPage) -> None:
    client.post("/ma/fr/basket/add/", {"variant": variant_of(saffron)})
    assert "Votre panier est vide" in client.get("/eu/fr/basket/").content.decode()


def test_a_strangers_cookie_opens_nothing(client: Client, saffron: ListingPage) -> None:
    client.post("/ma/fr/basket/add/", {"variant": variant_of(saffron)})
    basket_id = BasketLine.objects.get().basket_id
    stranger = Client()
    stranger.cookies["twiza_basket_ma"] = str(basket_id)
    assert "Votre panier est vide" in stranger.get("/ma/fr/basket/").content.decode()


@pytest.mark.parametrize(
    "quantity",
    ["NaN", "1e9", "1.5", "-1", "two", "²", "٣٫٥", "0x2", "9" * 4400, "1\x00", "2 3"],
    ids=lambda text: ascii(text)[:12],
)
def test_what_is_no_quantity_is_told_and_changes_nothing(
    client: Client, saffron: ListingPage, quantity: str
) -> None:
    told = "Enter the quantity in digits, for example 2. Nothing was changed."
    add = {"variant": variant_of(saffron), "quantity": quantity}
    assert told in client.post("/ma/en/basket/add/", add, follow=True).content.decode()
    assert not BasketLine.objects.exists()

    client.post("/ma/en/basket/add/", {**add, "quantity": "3"})
    line = f"/ma/en/basket/lines/{variant_of(saffron)}/"
    page = client.post(line, {"quantity": quantity}, follow=True).content.decode()
    assert told in page
    assert BasketLine.objects.get().quantity == 3

    client.post(line, {"quantity": "٤"})
    assert BasketLine.objects.get().quantity == 4


@pytest.mark.parametrize("variant", ["", "not-a-uuid", "7d4c9a50-5f7e-4b1e-9a57-0f3f6f0c1a11"])
def test_what_is_not_sold_cannot_be_added(client: Client, variant: str) -> None:
    client.post("/ma/fr/basket/add/", {"variant": variant})
    assert BasketLine.objects.count() == 0


def test_more_than_there_is_is_refused_in_words(client: Client, saffron: ListingPage) -> None:
    client.post("/ma/en/basket/add/", {"variant": variant_of(saffron), "quantity": "9"})
    assert "Only 5 left" in client.get("/ma/en/basket/").content.decode()
    assert BasketLine.objects.count() == 0


def test_a_line_is_changed_and_taken_out(client: Client, saffron: ListingPage) -> None:
    variant = variant_of(saffron)
    client.post("/ma/fr/basket/add/", {"variant": variant})
    client.post(f"/ma/fr/basket/lines/{variant}/", {"quantity": "3"})
    assert BasketLine.objects.get().quantity == 3
    client.post(f"/ma/fr/basket/lines/{variant}/", {"quantity": "3", "remove": "1"})
    assert BasketLine.objects.count() == 0


def test_the_basket_changes_by_post_only(client: Client, saffron: ListingPage) -> None:
    assert client.get("/ma/fr/basket/add/").status_code == 405


def test_an_empty_basket_cannot_be_ordered(client: Client) -> None:
    assert client.get("/ma/fr/checkout/")["Location"] == "/ma/fr/basket/"


def test_the_address_asks_for_what_is_missing(client: Client, saffron: ListingPage) -> None:
    client.post("/ma/en/basket/add/", {"variant": variant_of(saffron)})
    response = client.post("/ma/en/checkout/", {"phone": "0661 22 33 4", "country_code": "MA"})
    html = response.content.decode()
    assert "One digit is missing" in html
    assert 'href="#id_city"' in html
    assert 'role="alert"' in html


def test_a_strange_attempt_is_not_there(client: Client, saffron: ListingPage) -> None:
    client.post("/ma/en/basket/add/", {"variant": variant_of(saffron)})
    assert client.get(f"/ma/en/checkout/{uuid4()}/delivery/").status_code == 404
    assert client.get(f"/ma/en/checkout/{uuid4()}/payment/").status_code == 404


@pytest.mark.parametrize(
    ("field", "value", "message"),
    [
        ("phone", "066122334", "Il manque un chiffre"),
        ("phone", "abc", "pas un numéro de téléphone valable"),
        ("email", "salma", "id_email_error"),
        ("city", "", "id_city_error"),
        ("region_code", "XX-1", "id_region_code_error"),
        ("country_code", "FR", "id_country_code"),
    ],
)
def test_a_mistake_is_named_beside_its_field(
    client: Client, saffron: ListingPage, field: str, value: str, message: str
) -> None:
    client.post("/ma/fr/basket/add/", {"variant": variant_of(saffron)})
    response = client.post("/ma/fr/checkout/", ADDRESS | {field: value})
    assert response.status_code == 200
    assert message in response.content.decode()
    assert CheckoutAttempt.objects.count() == 0
