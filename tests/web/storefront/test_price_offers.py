"""A cooperative offers a price in the portal; the buyer orders it from the conversation."""

from datetime import timedelta

import lxml.html
import pytest
from django.core import mail
from django.test import Client
from django.utils import timezone

from marketplace.conversations.models import Conversation
from marketplace.conversations.services import issue_link
from marketplace.core.outbox import deliver_events
from marketplace.orders.models import Basket, CheckoutAttempt, Order, PriceOffer
from marketplace.orders.services import checkout, price_offers, tracking_links
from tests.conversations.asking import about_rug, ask
from tests.orders.conftest import made_world, world
from tests.orders.world import CASABLANCA, World
from vendors.scoping import Crossing

__all__ = ["made_world", "world"]

pytestmark = pytest.mark.django_db


@pytest.fixture
def conversation(world: World) -> Conversation:
    world.weavers.published_at = world.weavers.created_at
    world.weavers.save(update_fields=["published_at"])
    return ask(world.weavers, about=about_rug(world))


def offers() -> list[PriceOffer]:
    return list(PriceOffer.objects.crossing(Crossing.POLICY).order_by("version"))


def filled(world: World, **changed: str) -> dict[str, str]:
    day = timezone.localdate() + timedelta(days=10)
    facts = {
        "variant": str(world.rug), "quantity": "4", "price": "1200", "ready_on": "",
        "valid_until": day.isoformat(), "text": "Pour votre hôtel.", "key": "one form",
    }  # fmt: skip
    return facts | changed


def portal(conversation: Conversation, act: str = "") -> str:
    return f"/portal/tiznit-weavers/questions/{conversation.pk}/{act}"


def member(client: Client, world: World) -> Client:
    client.force_login(world.manager)
    client.cookies["twiza_language"] = "fr"
    return client


def offer_from_the_portal(world: World, conversation: Conversation, **changed: str) -> None:
    by = member(Client(), world)
    sent = filled(world, **changed) | {"confirmed": "1"}
    assert by.post(portal(conversation, "offer/"), sent)["Location"] == portal(conversation)


def test_what_the_buyer_reads_is_shown_before_it_is_sent(
    client: Client, world: World, conversation: Conversation
) -> None:
    by = member(client, world)
    assert portal(conversation, "offer/") in by.get(portal(conversation)).content.decode()
    form = lxml.html.fromstring(by.get(portal(conversation, "offer/")).content.decode())
    assert str(world.rug) in form.xpath("//select[@name='variant']/option/@value")

    page = by.post(portal(conversation, "offer/"), filled(world))
    text = lxml.html.fromstring(page.content.decode()).text_content()
    assert page.status_code == 200
    assert "Pour votre hôtel." in text
    assert "4\u202f800,00" in text
    assert "6\u202f000,00" in text
    assert not offers()
    back = by.post(portal(conversation, "offer/"), filled(world) | {"change": "1"})
    assert "1200" in back.content.decode()

    for _ in range(2):
        sent = by.post(portal(conversation, "offer/"), filled(world) | {"confirmed": "1"})
        assert sent["Location"] == portal(conversation)
    (offer,) = offers()
    assert (offer.quantity, offer.unit_minor, offer.usual_unit_minor) == (4, 120_000, 150_000)
    conversation.refresh_from_db()
    assert conversation.state == "answered"


@pytest.mark.parametrize(
    ("field", "value"),
    [("quantity", "0"), ("price", "-1"), ("valid_until", "2020-01-01"), ("variant", "x")],
)
def test_a_wrong_field_is_said_beside_it(
    client: Client, world: World, conversation: Conversation, field: str, value: str
) -> None:
    by = member(client, world)
    sent = filled(world, **{field: value}) | {"confirmed": "1"}
    page = by.post(portal(conversation, "offer/"), sent)
    assert page.status_code == 422
    assert not offers()


def test_neither_an_accountant_nor_another_cooperative_offers(
    client: Client, world: World, conversation: Conversation
) -> None:
    for person, status in ((world.accountant, 403), (world.other_manager, 404)):
        client.force_login(person)
        for act in ("offer/", "offer/withdraw/"):
            sent = filled(world) | {"confirmed": "1", "version": "1"}
            assert client.post(portal(conversation, act), sent).status_code == status
    assert not offers()


def test_the_buyer_orders_from_the_conversation(
    client: Client, world: World, conversation: Conversation
) -> None:
    offer_from_the_portal(world, conversation)
    deliver_events()
    told = [sent for sent in mail.outbox if sent.to == ["salma@example.org"]]
    assert any("4\u202f800,00" in sent.body for sent in told)

    client.post("/ma/fr/basket/add/", {"variant": str(world.honey), "quantity": "2"})
    path = f"/ma/fr/questions/{issue_link(conversation=conversation, is_mailed=False)}/"
    page = client.get(path).content.decode()
    assert "Pour votre hôtel." in page
    assert "Commander à ce prix" in page
    taken = client.post(f"{path}offer/", {"version": "1"})
    assert taken["Location"] == "/ma/fr/checkout/offer/"
    text = lxml.html.fromstring(client.get(taken["Location"]).content.decode()).text_content()
    assert "4\u202f800,00" in text
    assert "Miel" not in text

    address = {
        "fields_for": "MA", "country_code": "MA", "name": "Salma Bennani",
        "line1": "12 rue des Orangers", "city": "Casablanca", "region_code": "MA-06",
        "postal_code": "20000", "phone": "0661223344", "email": "salma@example.org",
    }  # fmt: skip
    begun = client.post("/ma/fr/checkout/offer/", address)
    attempt = CheckoutAttempt.objects.get()
    delivery = f"/ma/fr/checkout/{attempt.pk}/delivery/"
    assert begun["Location"] == delivery
    shown = client.get(delivery).content.decode()
    assert "/ma/fr/checkout/offer/" in shown
    company = {
        "option": "standard", "company_name": "Riad Salma SARL",
        "company_number": "001561191000066", "purchase_order": "BC-17",
    }  # fmt: skip
    client.post(delivery, company)
    payment = f"/ma/fr/checkout/{attempt.pk}/payment/"
    assert "4\u202f800,00" in lxml.html.fromstring(client.get(payment).content).text_content()
    assert attempt.goods_minor == 480_000
    # Nobody else's browser finds it, and the ordinary basket is as it was.
    assert Client().get(payment).status_code == 404
    assert Basket.objects.get(price_offer=None).lines.get().quantity == 2


def test_the_order_says_that_it_came_from_the_offer(
    client: Client, world: World, conversation: Conversation
) -> None:
    offer_from_the_portal(world, conversation)
    basket = price_offers.basket_for(offer=offers()[0], language="fr")
    attempt = checkout.start(
        basket=basket, email="salma@example.org", phone=CASABLANCA.phone, address=CASABLANCA,
        language="fr",
    )  # fmt: skip
    checkout.pay(attempt=attempt, method="card", data={"number": "4242 4242 4242 4242"})
    order = checkout.complete(attempt=attempt)
    page = client.get(f"/ma/fr/orders/{tracking_links.issue_link(order=order)}/").content.decode()
    assert "Commandé au prix de l’offre 1 de la coopérative." in page
    part = world.part(order, world.weavers)
    by = member(Client(), world)
    shown = by.get(f"/portal/tiznit-weavers/orders/{part.pk}/").content.decode()
    assert "Commandé d’après votre offre" in shown
    assert portal(conversation) in shown
    assert "commandée" in by.get(portal(conversation)).content.decode()


def test_declined_withdrawn_and_unknown_versions_are_not_ordered(
    client: Client, world: World, conversation: Conversation
) -> None:
    offer_from_the_portal(world, conversation)
    path = f"/ma/fr/questions/{issue_link(conversation=conversation, is_mailed=False)}/"
    for version in ("", "2", "x", "9" * 30):
        assert client.post(f"{path}offer/", {"version": version}).status_code == 404
    assert client.post(f"{path}offer/decline/", {"version": "1"})["Location"] == path
    deliver_events()
    assert any(sent.to == [world.manager.email] for sent in mail.outbox)
    refused = client.post(f"{path}offer/", {"version": "1"}, follow=True).content.decode()
    assert "ne peut plus être commandée" in refused

    offer_from_the_portal(world, conversation, key="another form")
    by = member(Client(), world)
    by.post(portal(conversation, "offer/withdraw/"), {"version": "2"})
    assert [offer.state for offer in offers()] == ["declined", "withdrawn"]
    assert "Commander à ce prix" not in client.get(path).content.decode()
    assert not Order.objects.exists()
