"""A buyer asks for a return behind the order's link, follows it, and cancels before shipping."""

from io import BytesIO
from typing import Any
from uuid import uuid4

import pytest
from django.core import mail as sent
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from PIL import Image

from marketplace.core.private_files import read_private
from marketplace.core.worker import work_off
from marketplace.orders.models import Complaint, Order, VendorOrder, VendorOrderState
from marketplace.orders.services import complaints, tracking_links
from tests.orders.complaining import arrived, asked, now, settled_member
from tests.orders.conftest import made_world, world
from tests.orders.world import World
from vendors.models import User
from vendors.scoping import Crossing

__all__ = ["made_world", "world"]

pytestmark = pytest.mark.django_db


@pytest.fixture
def order(world: World) -> Order:
    return world.placed(rug=1, honey=3)


@pytest.fixture
def token(order: Order) -> str:
    return tracking_links.issue_link(order=order)


@pytest.fixture
def honey(world: World, order: Order) -> VendorOrder:
    return arrived(world, order, world.growers)


def form_page(token: str, part: VendorOrder, language: str = "fr") -> str:
    return f"/ma/{language}/orders/{token}/complaints/new/{part.pk}/"


def page(token: str, row: Complaint, more: str = "") -> str:
    return f"/ma/fr/orders/{token}/complaints/{row.pk}/{more}"


def photograph(name: str = "a.jpg") -> SimpleUploadedFile:
    picture, exif = BytesIO(), Image.Exif()
    exif[0x010F] = "A camera that knows its owner"
    Image.new("RGB", (40, 30), "red").save(picture, "JPEG", exif=exif)
    return SimpleUploadedFile(name, picture.getvalue(), content_type="image/jpeg")


def filled(part: VendorOrder, **changes: Any) -> dict[str, Any]:
    line = part.lines.get()
    return {
        f"line-{line.pk}": "2", "reason": "damaged", "text": "Deux pots cassés",
        "key": str(uuid4()), **changes,
    }  # fmt: skip


def of_order(order: Order) -> list[Complaint]:
    rows = Complaint.objects.crossing(Crossing.POLICY)
    return list(rows.filter(vendor_order__order=order))


def test_from_the_order_to_the_request(order: Order, token: str, honey: VendorOrder) -> None:
    shown = Client().get(f"/ma/fr/orders/{token}/").content.decode()
    assert form_page(token, honey) in shown
    assert "Miel" in Client().get(form_page(token, honey)).content.decode()

    answer = Client().post(
        form_page(token, honey), filled(honey, photos=[photograph(), photograph("b.jpg")])
    )

    (row,) = of_order(order)
    assert answer["Location"] == page(token, row)
    opened = Client().get(page(token, row))
    content = opened.content.decode()
    assert "Deux pots cassés" in content
    assert "La coopérative répond au plus tard le" in content
    assert opened["Referrer-Policy"] == "no-referrer"
    assert "no-store" in opened["Cache-Control"]
    picture = Client().get(page(token, row, "photos/1/"))
    assert picture["Content-Type"] == "image/jpeg"
    assert "no-store" in picture["Cache-Control"]
    stored = b"".join(read_private(row.photos.order_by("position")[1].stored_at))
    assert b"camera" not in stored
    assert Client().get(page(token, row, "photos/2/")).status_code == 404
    assert page(token, row) in Client().get(f"/ma/fr/orders/{token}/").content.decode()


def test_sent_twice_it_is_one_request(order: Order, token: str, honey: VendorOrder) -> None:
    form = filled(honey)
    first, second = (Client().post(form_page(token, honey), form) for _ in range(2))
    assert first["Location"] == second["Location"]
    assert len(of_order(order)) == 1


@pytest.mark.parametrize(
    ("changes", "told"),
    [
        ({"reason": ""}, "Choisissez ce qui ne va pas."),
        ({"text": " "}, "Dites en quelques mots ce qui ne va pas."),
        ({"text": "x" * 2001}, "2000"),
        ({"line": "0"}, "Choisissez au moins un article"),
        ({"line": "4"}, "3"),
        ({"line": "deux"}, "nombre entier"),
        ({"photos": [SimpleUploadedFile("a.jpg", b"no picture")]}, "a.jpg"),
        ({"photos": [SimpleUploadedFile(f"{n}.jpg", b"x") for n in range(5)]}, "Quatre photos"),
    ],
)
def test_what_is_missing_is_said_and_what_was_typed_stays(
    changes: dict[str, Any], told: str, order: Order, token: str, honey: VendorOrder
) -> None:
    form = filled(honey, **{name: value for name, value in changes.items() if name != "line"})
    if "line" in changes:
        form[f"line-{honey.lines.get().pk}"] = changes["line"]

    answer = Client().post(form_page(token, honey), form)

    content = answer.content.decode().replace("\u202f", "").replace("\xa0", " ")
    assert answer.status_code == 422
    assert told in content
    assert form["text"] in content or not form["text"].strip()
    assert form["key"] in content
    assert of_order(order) == []


def test_another_orders_link_opens_nothing(
    world: World, order: Order, token: str, honey: VendorOrder
) -> None:
    row = asked(honey, photos=[b"\xff\xd8"])
    stranger = tracking_links.issue_link(order=world.placed(honey=1))

    answers = [
        Client().get(form_page(stranger, honey)),
        Client().post(form_page(stranger, honey), filled(honey)),
        Client().get(page(stranger, row)),
        Client().get(page(stranger, row, "photos/0/")),
        Client().post(page(stranger, row, "choose/"), {"choice": "withdraw"}),
        Client().post(f"/ma/fr/orders/{stranger}/cancel/{honey.pk}/"),
    ]

    assert [answer.status_code for answer in answers] == [404] * len(answers)
    assert now(row).state == "asked"
    assert len(of_order(order)) == 1


def test_the_buyer_takes_up_an_offer_once(world: World, token: str, honey: VendorOrder) -> None:
    row = asked(honey)
    member = settled_member(world.growers, world.other_manager).actor
    complaints.offer(
        complaint=row, remedy="partial_refund", amount_minor=5_000, text="Pardon", by=member
    )
    shown = Client().get(page(token, row)).content.decode().replace("\xa0", " ")
    assert "50,00 DH" in shown
    assert "Pardon" in shown

    Client().post(page(token, row, "choose/"), {"choice": "accept"})
    again = Client().post(page(token, row, "choose/"), {"choice": "mediator"}, follow=True)

    assert now(row).state == "accepted"
    assert now(row).is_refunding
    assert "Cette demande a changé entre-temps" in again.content.decode()


def test_the_address_to_send_to_is_shown_once_the_return_is_accepted(
    world: World, token: str, honey: VendorOrder
) -> None:
    row = asked(honey)
    assert world.growers.address_line not in Client().get(page(token, row)).content.decode()
    member = settled_member(world.growers, world.other_manager).actor
    complaints.accept(complaint=row, needs_return=True, text="", by=member)

    content = Client().get(page(token, row)).content.decode()

    assert world.growers.address_line in content
    assert world.growers.legal_name in content


def test_refused_then_mediated_then_withdrawn(world: World, token: str, honey: VendorOrder) -> None:
    row = asked(honey)
    member = settled_member(world.growers, world.other_manager).actor
    complaints.refuse(complaint=row, text="Emballé avec soin", by=member)
    assert "Emballé avec soin" in Client().get(page(token, row)).content.decode()

    Client().post(page(token, row, "choose/"), {"choice": "mediator"})
    assert now(row).state == "mediation"
    Client().post(page(token, row, "choose/"), {"choice": "nonsense"})
    assert now(row).state == "mediation"
    Client().post(page(token, row, "choose/"), {"choice": "withdraw"})

    assert (now(row).state, now(row).outcome) == ("closed", "withdrawn")


def test_nothing_to_return_is_said(token: str, honey: VendorOrder) -> None:
    asked(honey)
    content = Client().get(form_page(token, honey)).content.decode()
    assert "Rien de ce colis" in content
    assert '<form method="post" enctype' not in content


def test_arabic_is_written_from_the_right(token: str, honey: VendorOrder) -> None:
    content = Client().get(form_page(token, honey, "ar")).content.decode()
    assert 'dir="rtl"' in content
    assert "ما سبب الطلب؟" in content


def test_the_buyer_cancels_what_is_not_packed(world: World, order: Order, token: str) -> None:
    part = world.part(order, world.growers)
    User.objects.filter(pk=world.other_manager.pk).update(language="en")
    address = f"/ma/fr/orders/{token}/cancel/{part.pk}/"
    assert address in Client().get(f"/ma/fr/orders/{token}/").content.decode()

    Client().post(address)
    Client().post(address)
    work_off()

    part = world.part(order, world.growers)
    assert part.state == VendorOrderState.CANCELLED
    assert part.why_cancelled == "The buyer cancelled."
    assert world.part(order, world.weavers).state == VendorOrderState.PLACED
    to_members = [mail for mail in sent.outbox if world.other_manager.email in mail.to]
    assert sum("The buyer cancelled" in mail.subject for mail in to_members) == 1


def test_what_was_sent_is_not_cancelled(order: Order, token: str, honey: VendorOrder) -> None:
    address = f"/ma/fr/orders/{token}/cancel/{honey.pk}/"
    assert address not in Client().get(f"/ma/fr/orders/{token}/").content.decode()

    answer = Client().post(address, follow=True)

    assert "La commande a changé" in answer.content.decode()
    honey.refresh_from_db()
    assert honey.state == VendorOrderState.DELIVERED
