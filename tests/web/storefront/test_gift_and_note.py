"""A gift message, hidden prices and a note, from the checkout to the cooperative and its slip."""

from io import BytesIO

import pytest
from django.core import mail
from django.http import HttpResponse
from django.test import Client
from pypdf import PdfReader

from marketplace.core.worker import work_off
from marketplace.orders.gift_and_note import LONGEST
from marketplace.orders.models import CheckoutAttempt, Order
from marketplace.orders.packing_slip import packing_slip
from marketplace.orders.services import checkout
from tests.factories.addresses import ADDRESS
from tests.orders.conftest import made_world, world
from tests.orders.world import World

__all__ = ["made_world", "world"]

pytestmark = pytest.mark.django_db
GIFT = {"gift_message": "Bonne fête, maman", "hides_prices": "on", "note": "Franges\u202e courtes"}


@pytest.fixture
def path(client: Client, world: World) -> str:
    """The pages of a checkout of a rug and two honeys."""
    for variant, quantity in ((world.rug, 1), (world.honey, 2)):
        client.post("/ma/fr/basket/add/", {"variant": str(variant), "quantity": quantity})
    client.post("/ma/fr/checkout/", ADDRESS)
    return f"/ma/fr/checkout/{CheckoutAttempt.objects.get().pk}"


def add(client: Client, path: str, **added: str) -> HttpResponse:
    return client.post(f"{path}/delivery/", {"option": "standard", **added})  # type: ignore[return-value]


def ordered(client: Client, path: str, method: str = "card", **added: str) -> Order:
    add(client, path, **added)
    attempt = CheckoutAttempt.objects.get()
    data = {"number": "4242 4242 4242 4242"} if method == "card" else {}
    assert checkout.pay(attempt=attempt, method=method, data=data).is_settled
    return checkout.complete(attempt=attempt)


def member_page(world: World, order: Order) -> str:
    part = world.part(order, world.weavers)
    member = Client()
    member.force_login(world.manager, backend="django.contrib.auth.backends.ModelBackend")
    member.cookies["twiza_language"] = "fr"
    page = member.get(f"/portal/{world.weavers.slug}/orders/{part.pk}/")
    return page.content.decode()


def slip_text(world: World, order: Order) -> str:
    made = packing_slip(world.part(order, world.weavers), language="fr")
    return PdfReader(BytesIO(made)).pages[0].extract_text()


def test_what_was_added_reaches_everybody_who_needs_it(
    client: Client, path: str, world: World
) -> None:
    order = ordered(client, path, **GIFT)

    assert (order.gift_message, order.hides_prices) == ("Bonne fête, maman", True)
    assert order.note == "Franges courtes"
    html = member_page(world, order)
    for text in ("C’est un cadeau", "Bonne fête, maman", "Franges courtes", "ni facture"):
        assert text in html
    work_off()
    (to_buyer,) = [m for m in mail.outbox if order.number in m.subject and m.to == [order.email]]
    assert "Bonne fête, maman" in to_buyer.body
    assert "Le colis ne contient aucun prix." in to_buyer.body
    to_members = [m for m in mail.outbox if m.to == [world.manager.email]]
    assert any("C’est un cadeau" in m.body or "هدية" in m.body for m in to_members)
    assert not any("Bonne fête" in m.body for m in to_members)


def test_the_slip_of_a_gift_has_the_message_and_neither_price_nor_note(
    client: Client, path: str, world: World
) -> None:
    text = slip_text(world, ordered(client, path, **GIFT))

    assert "Bonne fête, maman" in text
    assert "DH" not in text
    assert "Franges" not in text


def test_a_note_alone_is_on_the_slip(client: Client, path: str, world: World) -> None:
    assert "Franges courtes" in slip_text(
        world, ordered(client, path, method="cod", note="Franges courtes")
    )


def test_the_buyers_page_of_the_order_shows_it(client: Client, path: str) -> None:
    add(client, path, gift_message="Bonne fête, maman")
    placed = client.post(f"{path}/payment/", {"method": "cod"}, follow=True)

    assert "Bonne fête, maman" in placed.content.decode()


def test_hidden_prices_are_not_paid_at_the_door(client: Client, path: str) -> None:
    assert 'value="cod"' in client.get(f"{path}/payment/").content.decode()

    add(client, path, hides_prices="on")

    html = client.get(f"{path}/payment/").content.decode()
    assert 'value="cod"' not in html
    assert 'value="card"' in html
    client.post(f"{path}/payment/", {"method": "cod"})
    assert not Order.objects.exists()


def test_whoever_can_only_pay_at_the_door_is_not_offered_to_hide_prices(
    client: Client, path: str
) -> None:
    assert 'name="hides_prices"' in client.get(f"{path}/delivery/").content.decode()
    attempt = CheckoutAttempt.objects.get()
    attempt.email = ""
    attempt.save()

    assert 'name="hides_prices"' not in client.get(f"{path}/delivery/").content.decode()
    add(client, path, hides_prices="on")
    assert not CheckoutAttempt.objects.get().hides_prices


@pytest.mark.parametrize(
    "refused",
    ["x" * (LONGEST + 1), "Visitez www.boutique.ma", "écrivez à a@b.ma", "\n".join("abcdefghij")],
)
@pytest.mark.parametrize("name", ["gift_message", "note"])
def test_what_is_too_long_or_advertises_is_refused_beside_its_field(
    client: Client, path: str, name: str, refused: str
) -> None:
    answer = add(client, path, **{name: refused})

    assert answer.status_code == 422
    html = answer.content.decode()
    assert f'id="id_{name}_error"' in html
    assert "<details" in html
    assert " open>" in html
    assert CheckoutAttempt.objects.get().gift_message == ""


def test_it_is_there_again_and_can_be_taken_out(client: Client, path: str) -> None:
    add(client, path, **GIFT)
    html = client.get(f"{path}/delivery/").content.decode()
    assert "Bonne fête, maman" in html
    add(client, path)
    assert CheckoutAttempt.objects.get().gift_message == ""
