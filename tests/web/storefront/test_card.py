"""The card's page and the bank's second step, on the embedded engine, without JavaScript."""

import re

import pytest
from django.db import connection
from django.test import Client

from marketplace.orders.models import CheckoutAttempt, Order
from marketplace.payments.models import Payment
from tests.factories.addresses import ADDRESS
from tests.orders.conftest import made_world, world
from tests.orders.world import World

__all__ = ["made_world", "world"]

pytestmark = pytest.mark.django_db


@pytest.fixture
def attempt(client: Client, world: World) -> CheckoutAttempt:
    """A buyer whose delivery is chosen: 1,770 dirhams to pay."""
    for variant, quantity in ((world.rug, 1), (world.honey, 2)):
        client.post("/ma/fr/basket/add/", {"variant": str(variant), "quantity": quantity})
    client.post("/ma/fr/checkout/", ADDRESS)
    return CheckoutAttempt.objects.get()


def card_page(attempt: CheckoutAttempt) -> str:
    return f"/ma/fr/checkout/{attempt.pk}/card/"


def test_an_accepted_card_places_the_order(client: Client, attempt: CheckoutAttempt) -> None:
    page = client.get(card_page(attempt))
    assert 'name="number"' in page.content.decode()

    answer = client.post(card_page(attempt), {"number": "4242 4242 4242 4242"})

    assert re.fullmatch(r"/ma/fr/orders/[\w-]+/\?new=1", answer["Location"])
    order = Order.objects.get()
    assert (order.total_minor, order.payment_status) == (177_000, "paid")
    assert Payment.objects.get().charged_minor == 177_000


def test_a_refused_card_is_said_so_and_forgotten(client: Client, attempt: CheckoutAttempt) -> None:
    answer = client.post(card_page(attempt), {"number": "4000 0000 0000 0002"})

    html = answer.content.decode()
    assert answer.status_code == 200
    assert "La banque a refusé la carte" in html
    assert 'value="4000' not in html
    assert not Order.objects.exists()

    client.post(card_page(attempt), {"number": "4242424242424242"})
    assert Order.objects.get().payment_status == "paid"


def test_the_second_step_asks_for_a_code(client: Client, attempt: CheckoutAttempt) -> None:
    step = client.post(card_page(attempt), {"number": "٤٠٠٠ ٠٠٢٥ ٠٠٠٠ ٣١٥٥"})
    assert step["Location"] == f"{card_page(attempt)}second-step/"
    assert "one-time-code" in client.get(step["Location"]).content.decode()
    assert not Order.objects.exists()

    placed = client.post(step["Location"], {"code": "123456"})

    assert "/ma/fr/orders/" in placed["Location"]
    assert Order.objects.get().payment_status == "paid"


def test_too_few_digits_ask_nothing_of_the_bank(client: Client, attempt: CheckoutAttempt) -> None:
    answer = client.post(card_page(attempt), {"number": "4242"})

    assert answer.status_code == 200
    assert not Payment.objects.exists()


def test_another_browser_does_not_see_the_page(client: Client, attempt: CheckoutAttempt) -> None:
    stranger = Client()

    assert stranger.get(card_page(attempt)).status_code == 404
    posted = stranger.post(card_page(attempt), {"number": "4242424242424242"})
    assert posted.status_code == 404
    assert not Payment.objects.exists()


def test_no_table_holds_the_number(client: Client, attempt: CheckoutAttempt) -> None:
    client.post(card_page(attempt), {"number": "4242424242424242"})

    with connection.cursor() as cursor:
        cursor.execute("SELECT tablename FROM pg_tables WHERE schemaname = 'public'")
        tables = [row[0] for row in cursor.fetchall()]
        for table in tables:
            cursor.execute(
                f'SELECT count(*) FROM "{table}" t WHERE t::text LIKE %s', ["%4242424242424242%"]
            )
            assert cursor.fetchone() == (0,), table
