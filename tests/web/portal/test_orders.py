"""A cooperative's members open, prepare, send and cancel orders on their pages."""

from io import BytesIO
from typing import Any

import pytest
from django.test import Client
from pypdf import PdfReader

from marketplace.orders.models import Order, ParcelState, VendorOrder, VendorOrderState
from tests.factories.vendors import make_user
from tests.orders.conftest import made_world, world
from tests.orders.world import World
from vendors.models import User

__all__ = ["made_world", "world"]

pytestmark = pytest.mark.django_db


def as_user(user: User, language: str = "en") -> Client:
    client = Client()
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    client.cookies["twiza_language"] = language
    return client


def page(vendor_order: VendorOrder, name: str = "") -> str:
    slug = vendor_order.cooperative.slug
    return f"/portal/{slug}/orders/{vendor_order.pk}/{name}"


def test_a_manager_prepares_sends_and_sees_the_parcel(world: World) -> None:
    order = world.placed(rug=1, honey=2)
    growing = world.part(order, world.growers)
    client = as_user(world.other_manager)
    line = growing.lines.get()

    listed = client.get("/portal/zagora-growers/orders/")
    opened = client.get(page(growing))
    confirmed = client.post(page(growing, "confirm/"))
    prepared = client.get(page(growing))
    sent = client.post(
        page(growing, "ship/"),
        {f"line-{line.pk}": "1", "tracking_number": "AM-1", "carrier": "Amana"},
        follow=True,
    )

    assert growing.number in listed.content.decode()
    assert "Confirm the order" in opened.content.decode()
    assert confirmed.status_code == 302
    assert "Mark as sent" in prepared.content.decode()
    assert "Salma Bennani" in sent.content.decode()
    assert "AM-1" in sent.content.decode()
    growing.refresh_from_db()
    assert growing.state == VendorOrderState.PART_SHIPPED
    assert growing.parcels.get().state == ParcelState.SHIPPED


def test_too_many_pieces_are_refused_in_words(world: World) -> None:
    weaving = world.part(world.placed(rug=1), world.weavers)
    client = as_user(world.manager)
    client.post(page(weaving, "confirm/"))
    line = weaving.lines.get()

    none = client.post(page(weaving, "ship/"), {f"line-{line.pk}": "0"})
    many = client.post(page(weaving, "ship/"), {f"line-{line.pk}": "2"})

    assert "Add at least one item." in none.content.decode()
    assert many.status_code == 200
    assert not weaving.parcels.exists()


def test_who_may_do_what(world: World) -> None:
    weaving = world.part(world.placed(rug=1), world.weavers)
    stranger, accountant = as_user(make_user()), as_user(world.accountant)
    neighbour, anonymous = as_user(world.other_manager), Client()

    assert [c.get(page(weaving)).status_code for c in (accountant, neighbour, stranger)] == [
        200,
        404,
        404,
    ]
    assert anonymous.get(page(weaving)).status_code == 302
    for name in ("confirm/", "ship/", "cancel/", "returned/"):
        assert accountant.post(page(weaving, name)).status_code == 403
        assert neighbour.post(page(weaving, name)).status_code == 404
    # A member's own cooperative in the address does not open another's order.
    crossed = f"/portal/zagora-growers/orders/{weaving.pk}/"
    assert neighbour.get(crossed).status_code == 404
    assert neighbour.post(f"{crossed}confirm/").status_code == 404
    assert neighbour.get(f"{crossed}slip.pdf").status_code == 404
    weaving.refresh_from_db()
    assert weaving.state == VendorOrderState.PLACED


def test_the_slip_is_a_pdf_with_arabic_in_it(world: World) -> None:
    growing = world.part(world.placed(method="cod", honey=2), world.growers)

    response = as_user(world.other_manager, "ar").get(page(growing, "slip.pdf"))

    assert response["Content-Type"] == "application/pdf"
    text = PdfReader(BytesIO(response.content)).pages[0].extract_text()
    assert growing.number in text
    assert "عسل" in text
    assert "Casablanca" in text
    # To collect: two honeys and the delivery.
    assert "225,00" in text


def slip_text(response: Any) -> str:
    assert response["Content-Type"] == "application/pdf"
    return PdfReader(BytesIO(response.content)).pages[0].extract_text()


def test_each_parcels_slip_says_what_it_brings_and_can_be_printed_again(world: World) -> None:
    growing = world.part(world.placed(method="cod", honey=3), world.growers)
    client = as_user(world.other_manager, "fr")
    [line] = growing.lines.all()
    for quantity in (1, 2):
        client.post(page(growing, "ship/"), {f"line-{line.pk}": quantity})

    first, second = growing.parcels.order_by("number")
    shown = client.get(page(growing, "")).content.decode()
    for parcel, amount, left_out in ((first, "140,00", "190,00"), (second, "190,00", "140,00")):
        address = page(growing, f"parcels/{parcel.pk}/slip.pdf")
        assert address in shown
        text = slip_text(client.get(address))
        assert amount in text
        assert left_out not in text
    assert page(growing, "slip.pdf") not in shown
    assert "190,00" in slip_text(client.get(page(growing, "slip.pdf")))


def test_cancelling_asks_first_and_says_why(world: World) -> None:
    order = world.placed(rug=1, honey=1)
    weaving = world.part(order, world.weavers)
    client = as_user(world.manager)

    asked = client.get(page(weaving, "cancel/"))
    unsure = client.post(page(weaving, "cancel/"), {"reason": "the loom broke"})
    sure = client.post(
        page(weaving, "cancel/"), {"reason": "the loom broke", "confirmed": "on"}, follow=True
    )

    assert "Cancel the order" in asked.content.decode()
    assert "Tick the box to cancel the order." in unsure.content.decode()
    assert "the loom broke" in sure.content.decode()
    weaving.refresh_from_db()
    assert weaving.state == VendorOrderState.CANCELLED
    assert Order.objects.get(pk=order.pk).cancelled_at is None


def test_the_pages_are_in_arabic_for_who_reads_arabic(world: World) -> None:
    weaving = world.part(world.placed(rug=1), world.weavers)

    content = as_user(world.manager, "ar").get(page(weaving)).content.decode()

    assert "تأكيد الطلبية" in content
    assert "زربية" in content
    assert 'dir="rtl"' in content
