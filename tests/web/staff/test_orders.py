"""Staff of a programme see orders, record deliveries and read carriers' files."""

from zoneinfo import ZoneInfo

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from marketplace.orders.models import CarrierFile, EvidenceKind, Parcel, ParcelState, VendorOrder
from marketplace.orders.services import ship, tracking_links
from tests.factories.vendors import make_programme, make_staff
from tests.orders.conftest import made_world, world
from tests.orders.world import World
from vendors.models import User

__all__ = ["made_world", "world"]

pytestmark = pytest.mark.django_db


def as_user(user: User) -> Client:
    client = Client()
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    client.cookies["twiza_language"] = "en"
    return client


def shipped(world: World, number: str, vendor_order: VendorOrder) -> Parcel:
    return ship.ship_parcel(
        vendor_order=vendor_order,
        lines={line.pk: line.quantity for line in vendor_order.lines.all()},
        tracking_number=number,
        by=world.manager.actor,
    )


def upload(client: Client, text: str, name: str = "amana.csv") -> str:
    file = SimpleUploadedFile(name, text.encode(), content_type="text/csv")
    response = client.post("/staff/mourafaka/deliveries/files/new/", {"file": file}, follow=True)
    return response.content.decode()


def test_a_coordinator_sees_both_parts_and_records_a_delivery(world: World) -> None:
    order = world.placed(rug=1, honey=1)
    parcel = shipped(world, "RR1", world.part(order, world.weavers))
    client = as_user(world.coordinator)

    listed = client.get("/staff/mourafaka/orders/").content.decode()
    found = client.get("/staff/mourafaka/orders/", {"q": "RR1"}).content.decode()
    waiting = client.get("/staff/mourafaka/deliveries/").content.decode()
    unsure = client.post(
        f"/staff/mourafaka/deliveries/{parcel.pk}/",
        {"delivered_at": "2026-01-01T10:00", "reference": "call"},
    )
    sure = client.post(
        f"/staff/mourafaka/deliveries/{parcel.pk}/",
        {"delivered_at": "2026-01-01T10:00", "reference": "call", "confirmed": "on"},
    )

    assert f"{order.number}-1" in listed
    assert f"{order.number}-2" in listed
    assert f"{order.number}-2" not in found
    assert "RR1" in waiting
    assert "Tick the box to record the delivery." in unsure.content.decode()
    assert sure.status_code == 302
    parcel.refresh_from_db()
    assert parcel.state == ParcelState.DELIVERED
    assert parcel.evidence.get().kind == EvidenceKind.STAFF


def test_a_carriers_file_is_read_row_by_row_and_once(world: World) -> None:
    order = world.placed(rug=1, honey=1)
    first = shipped(world, "RR1", world.part(order, world.weavers))
    second = shipped(world, "RR2", world.part(order, world.growers))
    assert first.shipped_at is not None
    day = first.shipped_at.astimezone(ZoneInfo(world.programme.time_zone)).date().isoformat()
    text = (
        "tracking_number,status,delivered_at\n"
        f"RR1,delivered,{day}\n"
        "RR2,in transit,\n"
        f"RR9,delivered,{day}\n"
        "RR1,delivered,yesterday\n"
    )
    client = as_user(world.coordinator)

    report = upload(client, text)
    again = upload(client, text)

    first.refresh_from_db()
    second.refresh_from_db()
    assert (first.state, second.state) == (ParcelState.DELIVERED, ParcelState.SHIPPED)
    file = CarrierFile.objects.get()
    assert [row["outcome"] for row in file.report] == [
        "recorded",
        "not_delivered",
        "unknown_parcel",
        "bad_date",
    ]
    assert "no parcel of this programme has this number" in report
    assert "This file has already been read" in again


@pytest.mark.parametrize("text", ["", "a,b\n1,2\n", "tracking_number,status\nRR1,delivered\n"])
def test_a_file_without_the_columns_is_refused(world: World, text: str) -> None:
    upload(as_user(world.coordinator), text)

    assert not CarrierFile.objects.exists()


def test_a_file_that_is_no_table_is_refused_with_its_line(world: World) -> None:
    page = upload(
        as_user(world.coordinator), 'tracking_number,status,delivered_at\nRR1,"delivered,x\n'
    )

    assert "Line 2: a quotation mark is not closed" in page
    assert not CarrierFile.objects.exists()


def test_an_observer_reads_and_another_programmes_staff_find_nothing(world: World) -> None:
    order = world.placed(rug=1)
    weaving = world.part(order, world.weavers)
    parcel = shipped(world, "RR1", weaving)
    observer = as_user(make_staff(world.programme, "observer"))
    other = as_user(make_staff(make_programme("another")))

    assert observer.get(f"/staff/mourafaka/orders/{weaving.pk}/").status_code == 200
    assert observer.get(f"/staff/mourafaka/deliveries/{parcel.pk}/").status_code == 403
    assert observer.get("/staff/mourafaka/deliveries/files/new/").status_code == 403
    for path in (f"orders/{weaving.pk}/", f"deliveries/{parcel.pk}/"):
        assert other.get(f"/staff/mourafaka/{path}").status_code == 404
        assert other.get(f"/staff/another/{path}").status_code == 404


def test_withdrawn_links_open_nothing(world: World) -> None:
    order = world.placed(rug=1)
    weaving = world.part(order, world.weavers)
    token = tracking_links.issue_link(order=order)
    before = Client().get(f"/ma/fr/orders/{token}/").status_code

    as_user(world.coordinator).post(f"/staff/mourafaka/orders/{weaving.pk}/links/")

    assert (before, Client().get(f"/ma/fr/orders/{token}/").status_code) == (200, 404)


@pytest.mark.parametrize(
    ("sold", "is_theirs"), [({"rug": 1}, True), ({"rug": 1, "honey": 1}, False)]
)
def test_a_role_in_some_regions_withdraws_links_of_its_own_orders_only(
    world: World, sold: dict[str, int], *, is_theirs: bool
) -> None:
    order = world.placed(**sold)
    page = f"/staff/mourafaka/orders/{world.part(order, world.weavers).pk}/"
    token = tracking_links.issue_link(order=order)
    adviser = as_user(make_staff(world.programme, "regional", regions=("MA-09",)))

    shown = adviser.get(page).content.decode()
    answer = adviser.post(f"{page}links/")

    assert (f"{page}links/" in shown) == is_theirs
    assert ("ask a coordinator to disable it" in shown) != is_theirs
    assert answer.status_code == (302 if is_theirs else 403)
    assert Client().get(f"/ma/fr/orders/{token}/").status_code == (404 if is_theirs else 200)
