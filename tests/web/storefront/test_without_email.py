"""A buyer without e-mail: the order, its messages, its pages, and the limits."""

import re
from typing import Any

import pytest
from django.core import mail
from django.test import Client

from marketplace.conversations import services
from marketplace.conversations.models import Conversation
from marketplace.core import throttle
from marketplace.core.mail_guard import unread_address
from marketplace.core.models import SentMail
from marketplace.core.outbox import deliver_events
from marketplace.core.throttle import Limit
from marketplace.embedded.models import Order as EngineOrder
from marketplace.orders.errors import EmailNeeded
from marketplace.orders.models import CheckoutAttempt, Order, OrderClaim, TextMessage
from marketplace.orders.services import checkout, ship
from marketplace.orders.services.send_texts import send_texts
from tests.factories.addresses import ADDRESS
from tests.factories.vendors import make_user
from tests.orders.conftest import made_world, world
from tests.orders.world import BY, World
from vendors.scoping import Crossing

__all__ = ["made_world", "world"]

pytestmark = pytest.mark.django_db
WITHOUT = ADDRESS | {"email": ""}
PHONE = "+212661223344"


@pytest.fixture(autouse=True)
def phones(settings: Any) -> None:
    """Messages are kept as a demo keeps them."""
    settings.TEXT_SENDER = "marketplace.core.text_senders.OutboxSender"


def to_payment(client: Client, world: World, **changes: str) -> str:
    client.post("/ma/fr/basket/add/", {"variant": str(world.honey), "quantity": 1})
    page = client.post("/ma/fr/checkout/", WITHOUT | changes)["Location"]
    return client.post(page, {"option": "standard"})["Location"]


def texts() -> list[str]:
    """All messages to the phone so far."""
    send_texts()
    return list(
        SentMail.objects.filter(recipient=PHONE).order_by("pk").values_list("text", flat=True)
    )


def code() -> str:
    found = re.search(r"\b(\d{6})\b", texts()[-1])
    assert found is not None
    return found[1]


def place(client: Client, world: World) -> Order:
    page = client.post(to_payment(client, world), {"method": "cod"})["Location"]
    client.post(page, {"code": code()})
    return Order.objects.get()


def link_in(text: str) -> str:
    found = re.search(r"https?://[^/]+(/\S+)", text)
    assert found is not None, text
    return found[1]


def test_an_order_without_email_is_confirmed_by_code_and_told_by_phone(
    client: Client, world: World
) -> None:
    payment = to_payment(client, world)
    assert 'value="card"' not in client.get(payment).content.decode()
    asked = client.post(payment, {"method": "cod"})
    assert asked["Location"].endswith("/payment/code/")
    shown = client.get(asked["Location"]).content.decode()
    assert "06 61 22 33 44" in shown or "0661-223344" in shown
    right = code()
    assert right not in shown
    assert not Order.objects.exists()

    placed = client.post(asked["Location"], {"code": right})

    order = Order.objects.get()
    assert (order.email, order.told_by_phone, order.phone) == ("", True, PHONE)
    assert "à votre téléphone" in client.get(placed["Location"]).content.decode()
    deliver_events()
    confirmed = texts()[-1]
    assert order.number in confirmed
    assert client.get(link_in(confirmed)).status_code == 200
    assert all(sent.to != [""] and ".invalid" not in sent.to[0] for sent in mail.outbox)


def test_who_is_signed_in_finds_the_order_in_the_account(client: Client, world: World) -> None:
    user = make_user(email="signed-in@example.org")
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")

    order = place(client, world)

    assert order.email == ""
    assert order.number in client.get("/ma/fr/account/").content.decode()
    assert OrderClaim.objects.get().user_id == user.pk


def test_the_engine_has_an_address_that_names_nobody_and_no_page_shows_it(
    client: Client, world: World
) -> None:
    order = place(client, world)
    kept = EngineOrder.objects.get().user_email
    assert kept == unread_address(order.phone)
    deliver_events()
    page = client.get(link_in(texts()[-1])).content.decode()
    assert "invalid" not in page


def test_a_parcel_on_its_way_is_told_with_what_the_courier_collects(
    client: Client, world: World
) -> None:
    order = place(client, world)
    part = world.part(order, world.growers)
    ship.ship_parcel(
        vendor_order=part, lines=part.quantities_left, tracking_number="CP1", carrier="x", by=BY
    )
    deliver_events()
    deliver_events()
    (told,) = [text for text in texts() if "en route" in text]
    assert "DH" in told
    assert link_in(told)


def test_a_question_about_the_order_is_answered_by_phone(client: Client, world: World) -> None:
    place(client, world)
    deliver_events()
    page = link_in(texts()[-1])
    form = client.get(f"{page}question/{world.growers.slug}/")
    assert form.status_code == 200
    key = re.search(r'name="key"[^>]*value="([^"]+)"', form.content.decode())
    assert key is not None
    client.post(f"{page}question/{world.growers.slug}/", {"text": "Quand ?", "key": key[1]})
    conversation = Conversation.objects.crossing(Crossing.BUYER_CONVERSATION).get()
    assert conversation.email == ""
    before = len(texts())
    deliver_events()
    assert len(texts()) == before
    services.answer_buyer(
        conversation=conversation, text="Demain.", form_key="k", by=world.other_manager
    )
    deliver_events()
    told = texts()[-1]
    assert "Demain" not in told
    assert "Demain" in client.get(link_in(told)).content.decode()


def test_money_in_advance_needs_an_address(client: Client, world: World) -> None:
    to_payment(client, world)
    attempt = CheckoutAttempt.objects.get()
    with pytest.raises(EmailNeeded):
        checkout.pay(attempt=attempt, method="card", data={"number": "4242 4242 4242 4242"})
    payment = f"/ma/fr/checkout/{attempt.pk}/payment/"
    assert client.post(payment, {"method": "card"}).status_code == 200
    assert not Order.objects.exists()


@pytest.mark.parametrize(
    ("changes", "told"),
    [
        ({"phone": "+33 6 12 34 56 78"}, "numéro de mobile de ce pays"),
        ({"phone": "05 22 20 30 40"}, "numéro de mobile de ce pays"),
        ({"email": "me@no-mail.invalid"}, "que vous consultez"),
    ],
)
def test_who_cannot_be_reached_is_told_beside_the_field(
    changes: dict[str, str], told: str, client: Client, world: World
) -> None:
    client.post("/ma/fr/basket/add/", {"variant": str(world.honey), "quantity": 1})
    html = client.post("/ma/fr/checkout/", WITHOUT | changes).content.decode()
    assert told in html
    assert not CheckoutAttempt.objects.exists()


@pytest.mark.parametrize("market", ["ma", "eu"])
def test_the_address_stays_needed_without_a_gateway_or_without_cash(
    market: str, client: Client, world: World, settings: Any
) -> None:
    if market == "ma":
        settings.TEXT_SENDER = ""
    client.post(f"/{market}/fr/basket/add/", {"variant": str(world.honey), "quantity": 1})
    response = client.post(f"/{market}/fr/checkout/", WITHOUT)
    assert response.status_code == 200
    assert not CheckoutAttempt.objects.exists()


def test_another_number_needs_another_code(client: Client, world: World) -> None:
    page = client.post(to_payment(client, world), {"method": "cod"})["Location"]
    checkout.confirm(attempt=CheckoutAttempt.objects.get(), code=code())
    changed = to_payment(client, world, phone="06 98 76 54 32")
    assert client.post(changed, {"method": "cod"})["Location"] == page
    assert not Order.objects.exists()


def test_codes_to_one_number_end(
    client: Client, world: World, settings: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings.THROTTLES = True
    real = throttle.limit_of
    monkeypatch.setattr(
        throttle,
        "limit_of",
        lambda name: Limit(name, real(name).count, real(name).period * 1_000),
    )
    payment = to_payment(client, world)
    for _ in range(throttle.limit_of("text_code_number").count + 2):
        client.post(payment, {"method": "cod"})
        send_texts()
    assert len(texts()) == throttle.limit_of("text_code_number").count
    # Another visitor does not get more of them to the same number.
    other = Client()
    other.post(to_payment(other, world), {"method": "cod"})
    assert len(texts()) == throttle.limit_of("text_code_number").count


def test_a_code_asked_for_twice_is_sent_once_while_the_first_waits(
    client: Client, world: World
) -> None:
    payment = to_payment(client, world)
    for _ in range(2):
        client.post(payment, {"method": "cod"})
    assert TextMessage.objects.filter(state="waiting").count() == 1
