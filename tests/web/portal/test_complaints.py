"""A cooperative sees its buyers' complaints, and settles them on their page."""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from marketplace.orders.models import Complaint, Order, VendorOrder
from marketplace.orders.services import complaints
from marketplace.payments import services
from tests.orders.complaining import arrived, asked, now, settled_member
from tests.orders.conftest import made_world, world
from tests.orders.world import World
from vendors.models import User

__all__ = ["made_world", "world"]

pytestmark = pytest.mark.django_db
HOME = "/portal/zagora-growers/"


@pytest.fixture
def order(world: World) -> Order:
    order = world.placed(rug=1, honey=3)
    services.capture_payments(order_id=order.pk)
    return order


@pytest.fixture
def honey(world: World, order: Order) -> VendorOrder:
    return arrived(world, order, world.growers)


@pytest.fixture
def row(honey: VendorOrder) -> Complaint:
    return asked(honey, 2, photos=[b"\xff\xd8 a photograph"])


@pytest.fixture
def manager(world: World) -> Client:
    return as_user(settled_member(world.growers, world.other_manager))


def as_user(user: User, language: str = "en") -> Client:
    client = Client()
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    client.cookies["twiza_language"] = language
    return client


def page(row: Complaint, more: str = "") -> str:
    return f"{HOME}orders/complaints/{row.pk}/{more}"


def read(client: Client, address: str) -> str:
    response = client.get(address)
    assert response.status_code == 200
    return response.content.decode().replace("\xa0", " ").replace("\u202f", " ")


def test_it_waits_on_the_first_page_and_in_the_list(manager: Client, row: Complaint) -> None:
    assert "1 return or complaint" in read(manager, HOME)
    assert "/complaints/" in read(manager, f"{HOME}orders/")
    listed = read(manager, f"{HOME}orders/complaints/?state=waiting")
    assert row.vendor_order.number in listed
    assert "It is damaged" in listed
    assert row.vendor_order.number not in read(manager, f"{HOME}orders/complaints/?state=closed")


def test_the_page_shows_what_the_buyer_sent(manager: Client, row: Complaint) -> None:
    content = read(manager, page(row))
    assert "Une déchirure au milieu" in content
    assert "MAD 190.00" in content
    picture = manager.get(page(row, "photos/0/"))
    assert b"".join(picture.streaming_content).startswith(b"\xff\xd8")


def test_accepted_without_a_return_it_is_refunded(manager: Client, row: Complaint) -> None:
    form = {"accept-needs_return": "no", "accept-text": "Pardon"}
    first = manager.post(page(row, "accept/"), form)
    second = manager.post(page(row, "accept/"), form)

    assert (first.status_code, second.status_code) == (302, 422)
    assert now(row).is_refunding
    assert "refund is being made" in read(manager, page(row))


def test_accepted_with_a_return_it_waits_for_the_products(manager: Client, row: Complaint) -> None:
    manager.post(page(row, "accept/"), {"accept-needs_return": "yes", "accept-text": ""})
    assert "The products are back" in read(manager, page(row))

    unticked = manager.post(page(row, "returned/"), {})
    assert "Tick the box once all of it is back." in unticked.content.decode()
    manager.post(page(row, "returned/"), {"returned-confirmed": "on", "returned-restock": "on"})

    assert now(row).returned_at is not None
    assert row.vendor_order.returns.get().quantity == 2


@pytest.mark.parametrize(
    ("where", "form", "told"),
    [
        ("accept/", {}, "Choose whether the products must come back."),
        ("offer/", {"offer-remedy": "partial_refund"}, "Enter the amount to refund."),
        ("offer/", {"offer-remedy": "partial_refund", "offer-amount": "190"}, "less than"),
        ("offer/", {"offer-remedy": "gold"}, "gold"),
        ("refuse/", {"refuse-text": "  "}, "required"),
        ("refuse/", {"refuse-text": "x" * 1001}, "1000"),
    ],
)
def test_what_is_missing_is_said(
    where: str, form: dict[str, Any], told: str, manager: Client, row: Complaint
) -> None:
    answer = manager.post(page(row, where), form)
    content = answer.content.decode().replace("\u202f", "").replace("1,000", "1000")
    assert answer.status_code == 422
    assert told.lower() in content.lower()
    assert now(row).state == "asked"


def test_an_offer_and_a_refusal_reach_the_buyer(
    manager: Client, row: Complaint, honey: VendorOrder
) -> None:
    manager.post(page(row, "offer/"), {"offer-remedy": "partial_refund", "offer-amount": "50,00"})
    assert (now(row).state, now(row).amount_minor) == ("offered", 5_000)
    other = asked(honey, 1)
    manager.post(page(other, "refuse/"), {"refuse-text": "Scellé"})
    assert now(other).state == "refused"


def test_a_repair_is_recorded_as_sent(manager: Client, row: Complaint) -> None:
    manager.post(page(row, "offer/"), {"offer-remedy": "repair", "offer-text": ""})
    complaints.accept_offer(complaint=now(row), by=_buyer(row))
    manager.post(page(row, "done/"), {"done-text": "Colis 12"})
    assert now(row).carried_out_at is not None
    assert "The buyer can object until" in read(manager, page(row))


def _buyer(row: Complaint) -> Any:
    from marketplace.core.actors import Actor

    return Actor.buyer(row.vendor_order.order_id)


def test_another_cooperatives_member_finds_nothing(
    world: World, row: Complaint, honey: VendorOrder
) -> None:
    stranger = as_user(world.manager)
    theirs = page(row).replace("zagora-growers", "tiznit-weavers")
    addresses = [page(row), theirs, page(row, "photos/0/"), theirs + "photos/0/"]
    assert [stranger.get(address).status_code for address in addresses] == [404] * 4
    posted = [
        stranger.post(where + "accept/", {"accept-needs_return": "no"}) for where in addresses[:2]
    ]
    assert [answer.status_code for answer in posted] == [404] * 2
    assert now(row).state == "asked"


def test_who_only_reads_decides_nothing(world: World, honey: VendorOrder) -> None:
    row = asked(arrived(world, world.placed(rug=1), world.weavers))
    accountant = as_user(world.accountant)
    address = f"/portal/tiznit-weavers/orders/complaints/{row.pk}/"
    assert "Refuse the request" not in read(accountant, address)
    assert accountant.post(address + "refuse/", {"refuse-text": "x"}).status_code == 403


def test_a_date_that_has_passed_shows_as_late(manager: Client, row: Complaint) -> None:
    row.due_on = timezone.localdate() - timedelta(days=1)
    row.save(update_fields=["due_on"])
    assert row.vendor_order.number in read(manager, f"{HOME}orders/complaints/?state=late")
