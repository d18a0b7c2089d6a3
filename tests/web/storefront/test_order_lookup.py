"""An order found again by its number and phone, with a code, and nothing told to who guesses."""

import re
from datetime import timedelta
from typing import Any

import pytest
from django.core import mail
from django.test import Client
from django.utils import timezone

from marketplace.core import throttle
from marketplace.core.models import SentMail
from marketplace.core.outbox import deliver_events
from marketplace.core.throttle import Limit
from marketplace.orders.buyer_keys import fill_in_keys
from marketplace.orders.models import Order, OrderLookup, TextMessage
from marketplace.orders.services.look_up import MOST_WRONG, purge_lookups
from marketplace.orders.services.send_texts import send_texts
from tests.orders.conftest import made_world, world
from tests.orders.world import World

__all__ = ["made_world", "world"]

pytestmark = pytest.mark.django_db
FIND = "/ma/fr/orders/find/"
# What each page has of its own.
FRESH = re.compile(r'[0-9a-f-]{36}|csrfmiddlewaretoken" value="[^"]*"|nonce="[^"]*"')
PHONE = "06 61 22 33 44"


@pytest.fixture(autouse=True)
def phones(settings: Any) -> None:
    settings.TEXT_SENDER = "marketplace.core.text_senders.OutboxSender"


@pytest.fixture
def order(world: World) -> Order:
    """An order of a buyer with a phone alone."""
    found = world.placed(method="cod", honey=1)
    Order.objects.filter(pk=found.pk).update(email="", told_by_phone=True)
    found.refresh_from_db()
    return found


def ask(client: Client, number: str, phone: str = PHONE) -> str:
    return str(client.post(FIND, {"number": number, "phone": phone})["Location"])


def main_of(html: str) -> str:
    return html[html.index("<main") : html.index("</main>")]


def sent_code() -> str:
    send_texts()
    found = re.search(r"\b(\d{6})\b", SentMail.objects.order_by("-pk")[0].text)
    assert found is not None
    return found[1]


def wrong(code: str) -> str:
    return "000000" if code != "000000" else "111111"


@pytest.mark.parametrize("typed", ["{}", "{}-1", " {} "])
def test_the_code_from_the_message_opens_the_order(
    typed: str, order: Order, client: Client
) -> None:
    page = ask(client, typed.format(order.number.lower()))
    assert order.number not in client.get(page).content.decode()
    code = sent_code()

    opened = client.post(page, {"code": f"{code[:3]} {code[3:]}"})

    assert order.number in client.get(opened["Location"]).content.decode()
    kept = OrderLookup.objects.get()
    assert code not in kept.code
    assert TextMessage.objects.get(is_code=True).text == ""


def test_what_finds_nothing_looks_the_same(order: Order, client: Client) -> None:
    pages = [
        ask(client, order.number),
        ask(client, order.number, "06 98 76 54 32"),
        ask(client, "TW-0000-0000"),
    ]
    shown = [client.get(page) for page in pages]
    assert len({FRESH.sub("", main_of(one.content.decode())) for one in shown}) == 1
    tried = [client.post(page, {"code": "1"}) for page in pages]
    assert {one.status_code for one in tried} == {422}
    assert TextMessage.objects.count() == 1
    unknown = client.get(f"{FIND}7b1f4a52-0000-4000-8000-000000000001/")
    assert unknown.status_code == 200


def test_an_order_with_an_address_gets_its_link_there_and_no_code(
    world: World, client: Client
) -> None:
    order = world.placed(method="cod", honey=1)
    page = ask(client, order.number)
    assert not TextMessage.objects.exists()
    assert client.post(page, {"code": "000000"}).status_code == 422
    mail.outbox.clear()
    deliver_events()
    deliver_events()
    (sent,) = [one for one in mail.outbox if "La page de votre commande" in one.subject]
    assert sent.to == ["salma@example.org"]
    found = re.search(r"https?://[^/]+(/\S+)", str(sent.body))
    assert found is not None
    assert client.get(found[1]).status_code == 200


def test_wrong_codes_end_a_lookup(order: Order, client: Client) -> None:
    page = ask(client, order.number)
    code = sent_code()
    for _ in range(MOST_WRONG):
        assert client.post(page, {"code": wrong(code)}).status_code == 422
    assert client.post(page, {"code": code}).status_code == 422


def test_a_code_ends_and_is_of_its_own_lookup(order: Order, client: Client) -> None:
    first = ask(client, order.number)
    code = sent_code()
    second = ask(client, order.number)
    assert client.post(second, {"code": code}).status_code == 422 or code == sent_code()
    OrderLookup.objects.update(valid_until=timezone.now())
    assert client.post(first, {"code": code}).status_code == 422
    assert purge_lookups() == 2


def test_a_double_click_opens_it_and_a_later_hand_does_not(order: Order, client: Client) -> None:
    page = ask(client, order.number)
    code = sent_code()
    assert [client.post(page, {"code": code}).status_code for _ in range(2)] == [302, 302]
    OrderLookup.objects.update(found_at=timezone.now() - timedelta(minutes=2))
    assert client.post(page, {"code": code}).status_code == 422


def test_lookups_end_for_a_number_known_or_not(
    order: Order, client: Client, settings: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings.THROTTLES = True
    real = throttle.limit_of
    monkeypatch.setattr(
        throttle, "limit_of", lambda n: Limit(n, real(n).count, real(n).period * 1_000)
    )
    for phone in (PHONE, "06 98 76 54 32"):
        most = throttle.limit_of("text_code_number").count
        answers = [
            client.post(FIND, {"number": order.number, "phone": phone}).status_code
            for _ in range(most + 1)
        ]
        assert answers == [302] * most + [429]


def test_earlier_orders_are_found_once_their_keys_are_filled_in(
    order: Order, client: Client
) -> None:
    Order.objects.update(phone_key="")
    ask(client, order.number)
    assert not TextMessage.objects.exists()
    assert fill_in_keys() == 1
    ask(client, order.number)
    assert TextMessage.objects.count() == 1
