"""Staff refund a buyer and book a carrier's file; nobody else does."""

from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from marketplace.payments import services, sync
from marketplace.payments.models import Refund, Remittance
from tests.factories.vendors import make_member, make_programme, make_staff, make_user
from tests.payments.world import Sale, make_sale
from vendors.accounts import User
from vendors.scoping import Crossing

pytestmark = pytest.mark.django_db


def signed_in(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


def refunds() -> Any:
    return Refund.objects.crossing(Crossing.BUYER_ORDER)


@pytest.fixture
def sale(settings: Any, monkeypatch: pytest.MonkeyPatch) -> Sale:
    settings.TEST_PAYMENTS = True
    monkeypatch.setattr("marketplace.payments.engine.refund", lambda _refund: True)
    found = make_sale()
    sync.transaction_initialize(found.pay_payload())
    found.place()
    services.capture_payments(order_id=found.order_id)
    return found


def part_of(sale: Sale) -> Any:
    from marketplace.orders.models import Order

    return sale.part_of(Order.objects.get(pk=sale.order_id), sale.weavers)


def address(sale: Sale, programme: str = "") -> str:
    return reverse(
        "staff:refund-order",
        kwargs={"programme": programme or sale.programme.slug, "vendor_order_id": part_of(sale).pk},
    )


def test_a_coordinator_refunds_one_piece(sale: Sale) -> None:
    # given
    client = signed_in(make_staff(sale.programme))
    line = part_of(sale).lines.get()
    assert client.get(address(sale)).status_code == 200

    # when
    answer = client.post(
        address(sale), {f"line-{line.pk}": "1", "reason": "Arrivé cassé", "confirmed": "on"}
    )

    # then
    assert answer.status_code == 302
    [refund] = refunds()
    assert (refund.state, refund.shipping_minor, refund.reason) == ("made", 0, "Arrivé cassé")
    assert refund.requested_by.name == f"coordinator of {sale.programme.slug}"
    page = client.get(reverse("staff:refunds", kwargs={"programme": sale.programme.slug}))
    assert "Arrivé cassé" in page.content.decode()


def test_nothing_is_refunded_without_the_confirmation(sale: Sale) -> None:
    client = signed_in(make_staff(sale.programme))
    line = part_of(sale).lines.get()

    answer = client.post(address(sale), {f"line-{line.pk}": "1", "reason": "x"})

    assert answer.status_code == 200
    assert not refunds().exists()


def test_more_than_was_bought_is_refused_in_the_form(sale: Sale) -> None:
    client = signed_in(make_staff(sale.programme))
    line = part_of(sale).lines.get()

    answer = client.post(address(sale), {f"line-{line.pk}": "4", "reason": "x", "confirmed": "on"})

    assert answer.status_code == 200
    assert not refunds().exists()


@pytest.mark.parametrize(
    ("who", "status"),
    [("stranger", 404), ("member", 404), ("approver", 403), ("other programme", 404)],
)
def test_who_may_not_refund(sale: Sale, who: str, status: int) -> None:
    other = make_programme("other")
    user = {
        "stranger": make_user,
        "member": lambda: make_member(sale.weavers),
        "approver": lambda: make_staff(sale.programme, "finance_approver"),
        "other programme": lambda: make_staff(other),
    }[who]()
    client = signed_in(user)
    line = part_of(sale).lines.get()

    answer = client.post(address(sale), {f"line-{line.pk}": "1", "reason": "x", "confirmed": "on"})

    assert answer.status_code == status
    assert not refunds().exists()
    if who == "other programme":
        assert client.get(address(sale, "other")).status_code == 404


def test_a_carriers_file_is_recorded_or_its_rows_are_named(settings: Any) -> None:
    # given
    settings.TEST_PAYMENTS = True
    sale = make_sale(method="cod")
    sync.transaction_initialize(sale.pay_payload(method="cod"))
    sale.place()
    client = signed_in(make_staff(sale.programme, "finance_preparer"))
    url = reverse("staff:remittance-new", kwargs={"programme": sale.programme.slug})

    def send(content: str) -> Any:
        file = SimpleUploadedFile("cash.csv", content.encode())
        fields = {"carrier": "Amana", "reference": "VIR-1", "received_on": "2026-11-23"}
        return client.post(url, {**fields, "file": file})

    # when
    refused = send("order,amount\nnone,1\n")
    accepted = send("order,amount\n1001-1,130\n")

    # then
    assert refused.status_code == 200
    assert "No order of this programme has this number." in refused.content.decode()
    assert accepted.status_code == 302
    assert Remittance.objects.get().total_minor == 13_000


def test_the_day_that_cash_came_is_filled_in_every_language(settings: Any) -> None:
    client = signed_in(make_staff(make_programme(), "finance_preparer"))
    client.cookies["twiza_language"] = "fr"

    page = client.get(reverse("staff:remittance-new", kwargs={"programme": "mourafaka"}))

    today = timezone.localdate().isoformat()
    assert f'name="received_on" value="{today}"' in page.content.decode()
