"""Buyers with a phone alone: review, return, see and erase, and claim what they bought."""

import json
import re
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client

from marketplace.core.models import AuditEntry, SentMail
from marketplace.core.worker import work_off
from marketplace.orders.models import Complaint, Order, OrderClaim, TextMessage
from marketplace.orders.services.send_texts import send_texts
from marketplace.personal_data.models import DataLink, Erasure
from marketplace.personal_data.services.carry_out import carry_out_erasures
from marketplace.reviews.models import Review
from tests.factories.vendors import make_user
from tests.orders.complaining import arrived
from tests.orders.conftest import made_world, world
from tests.orders.world import World
from tests.personal_data.erasing import books
from vendors.accounts import User
from vendors.models import Cooperative
from vendors.scoping import Crossing

__all__ = ["made_world", "world"]

pytestmark = pytest.mark.django_db
PHONE = "06 61 22 33 44"
DATA, CLAIM, FIND = (
    "/ma/fr/my-data/by-phone/",
    "/ma/fr/account/orders/by-phone/",
    "/ma/fr/orders/find/",
)


@pytest.fixture(autouse=True)
def phones(settings: Any) -> None:
    settings.TEXT_SENDER = "marketplace.core.text_senders.OutboxSender"


def by_phone(world: World, **quantities: int) -> Order:
    """An order with a phone number and no address."""
    found = world.placed(method="cod", **quantities)
    Order.objects.filter(pk=found.pk).update(email="", email_key="", told_by_phone=True)
    found.refresh_from_db()
    return found


@pytest.fixture
def order(world: World) -> Order:
    return by_phone(world, honey=1)


@pytest.fixture
def buyer() -> User:
    return make_user(email="later@example.org")


def signed_in(user: User) -> Client:
    client = Client()
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    return client


def ask(client: Client, page: str, number: str, phone: str = PHONE) -> str:
    return str(client.post(page, {"number": number, "phone": phone})["Location"])


def sent_code() -> str:
    send_texts()
    found = re.search(r"\b(\d{6})\b", SentMail.objects.order_by("-pk")[0].text)
    assert found is not None
    return found[1]


def proven(client: Client, page: str, order: Order, phone: str = PHONE) -> Any:
    """What the right code leads to."""
    code_page = ask(client, page, order.number, phone)
    return client.post(code_page, {"code": sent_code()})


def test_by_the_lookup_a_buyer_reviews_and_asks_for_a_return(world: World, order: Order) -> None:
    Cooperative.objects.crossing(Crossing.POLICY).update(published_at="2026-01-01T00:00:00Z")
    part = arrived(world, order, world.growers)
    work_off()
    page = proven(Client(), FIND, order)["Location"]
    line = part.lines.get()

    written = Client().post(
        f"{page}reviews/{line.pk}/", {"stars": "5", "text": "Bon", "name": "S", "language": "fr"}
    )
    asked = Client().post(
        f"{page}complaints/new/{part.pk}/",
        {f"line-{line.pk}": "1", "reason": "damaged", "text": "Cassé", "key": str(uuid4())},
    )

    assert (written.status_code, asked.status_code) == (302, 302)
    assert Review.objects.crossing(Crossing.POLICY).get().line_id == line.pk
    assert Complaint.objects.crossing(Crossing.BUYER_ORDER).get().vendor_order_id == part.pk


@pytest.mark.parametrize("typed", [PHONE, "+212 661-223344", "00212661223344", "٠٦٦١٢٢٣٣٤٤"])
def test_the_data_open_by_a_code_however_the_number_is_typed(typed: str, order: Order) -> None:
    opened = proven(Client(), DATA, order, typed)
    page = Client().get(opened["Location"]).content.decode()
    assert order.number in page
    assert "+212661223344" in page


def test_by_phone_a_buyer_has_a_file_and_erases_and_the_books_stay(
    world: World, order: Order
) -> None:
    arrived(world, order, world.growers)
    work_off()
    path = proven(Client(), DATA, order)["Location"]
    file = json.loads(Client().get(f"{path}file/").content)
    assert [each["number"] for each in file["orders"]] == [order.number]
    before = books()

    Client().post(f"{path}erase/", {"sure": "yes"})
    carry_out_erasures()

    assert books() == before
    order.refresh_from_db()
    assert (order.name, order.phone, order.phone_key, order.address_json) == ("", "", "", "")
    erasure = Erasure.objects.get()
    assert (erasure.phone, erasure.order_ids, erasure.emails) == ("", [], [])
    assert not DataLink.objects.exists()
    send_texts()
    assert "effacé" in SentMail.objects.order_by("-pk")[0].text
    assert not TextMessage.objects.exclude(recipient="").exists()
    ask(Client(), DATA, order.number)
    assert not TextMessage.objects.exclude(recipient="").exists()


def test_an_open_order_is_not_erased(order: Order) -> None:
    path = proven(Client(), DATA, order)["Location"]
    assert order.number in Client().get(path).content.decode()
    Client().post(f"{path}erase/", {"sure": "yes"})
    assert not Erasure.objects.exists()


def test_an_account_claims_the_orders_of_the_phone_and_name(
    world: World, order: Order, buyer: User
) -> None:
    second = by_phone(world, rug=1)
    # The number went to somebody else, who knows neither the name nor this order.
    earlier = by_phone(world, honey=2)
    Order.objects.filter(pk=earlier.pk).update(name="Driss Alami")
    with_address = world.placed(method="cod", honey=1)
    client = signed_in(buyer)

    answer = proven(client, CLAIM, order)

    assert answer["Location"] == "/ma/fr/account/"
    page = client.get("/ma/fr/account/").content.decode()
    assert "2 commandes de ce téléphone" in page
    assert order.number in page
    assert second.number in page
    assert earlier.number not in page
    assert with_address.number not in page
    assert client.get(f"/ma/fr/account/orders/{order.pk}/").status_code == 302
    assert client.get(f"/ma/fr/account/orders/{earlier.pk}/").status_code == 404
    assert AuditEntry.objects.filter(action="order.claimed").count() == 2
    data = client.get(client.get("/ma/fr/account/data/")["Location"]).content.decode()
    assert second.number in data


def test_what_one_account_has_no_second_one_gets(world: World, order: Order, buyer: User) -> None:
    proven(signed_in(buyer), CLAIM, order)
    other = signed_in(make_user(email="other@example.org"))

    refused = proven(other, CLAIM, order)

    assert refused.status_code == 422
    assert "déjà dans un autre compte" in refused.content.decode()
    assert OrderClaim.objects.get().user_id == buyer.pk
    new = by_phone(world, rug=1)
    told = other.get(proven(other, CLAIM, new)["Location"]).content.decode()
    assert "1 commande de ce téléphone est dans votre compte" in told
    assert "1 autre commande de ce téléphone est dans un autre compte" in told


def test_a_code_is_good_for_its_purpose_and_account_alone(order: Order, buyer: User) -> None:
    client, other = signed_in(buyer), signed_in(make_user(email="other@example.org"))
    page = ask(client, CLAIM, order.number)
    code = sent_code()
    lookup = page.rstrip("/").rpartition("/")[2]

    assert other.post(page, {"code": code}).status_code == 422
    for other_page in (FIND, DATA):
        assert Client().post(f"{other_page}{lookup}/", {"code": code}).status_code == 422
    assert "login" in Client().post(page, {"code": code})["Location"]
    assert not OrderClaim.objects.exists()
    assert client.post(page, {"code": code}).status_code == 302


@pytest.mark.parametrize("page", [DATA, CLAIM])
def test_an_order_with_an_address_is_its_addresss(page: str, world: World, buyer: User) -> None:
    order = world.placed(method="cod", honey=1)
    client = signed_in(buyer)
    code_page = ask(client, page, order.number)
    assert not TextMessage.objects.exists()
    assert client.post(code_page, {"code": "000000"}).status_code == 422


def test_an_erased_account_gives_its_claims_back_with_the_orders(
    world: World, order: Order, buyer: User
) -> None:
    arrived(world, order, world.growers)
    work_off()
    proven(signed_in(buyer), CLAIM, order)
    link = re.search(r"/ma/fr/my-data/[\w-]+/", mailed(buyer.email))
    assert link is not None
    Client().post(f"{link[0]}erase/", {"sure": "yes"})
    carry_out_erasures()

    order.refresh_from_db()
    assert (order.phone, order.phone_key) == ("", "")
    assert not OrderClaim.objects.exists()
    assert not User.objects.filter(pk=buyer.pk).exists()


def mailed(email: str) -> str:
    from django.core import mail

    mail.outbox.clear()
    Client().post("/ma/fr/my-data/", {"email": email})
    return str(mail.outbox[0].body)
