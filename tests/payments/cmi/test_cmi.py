"""Paying at CMI: the form, the callback, and everything that pretends to be one."""

import base64
import hashlib
import re
from datetime import UTC, datetime
from html import unescape
from typing import Any

import pytest
from django.test import Client

from marketplace.core.actors import Actor
from marketplace.core.worker import work_off
from marketplace.orders.models import CheckoutAttempt, Order
from marketplace.payments import services
from marketplace.payments.models import ManualRefund, Payment, ProviderNotification
from marketplace.payments.providers.cmi.hashing import hash_of, is_signed
from marketplace.saleor import ids
from marketplace.saleor.gateway import app_client
from tests.factories.addresses import ADDRESS
from tests.fakes.cmi import CLIENT_ID, GATEWAY, STORE_KEY, CmiPage, sign
from tests.orders.conftest import made_world
from tests.orders.world import World
from tests.payments.card_traces import traces_of_a_card

__all__ = ["made_world"]

pytestmark = pytest.mark.django_db
BY = Actor.system("test")


@pytest.fixture
def world(made_world: World, db: None, settings: Any) -> World:
    settings.CMI_CLIENT_ID, settings.CMI_STORE_KEY = CLIENT_ID, STORE_KEY
    settings.CMI_GATEWAY_URL = GATEWAY
    settings.TEST_PAYMENTS = False
    settings.PUBLIC_URL = "https://shop.example"
    return made_world


@pytest.fixture
def attempt(client: Client, world: World) -> CheckoutAttempt:
    client.post("/ma/fr/basket/add/", {"variant": str(world.rug), "quantity": 1})
    client.post("/ma/fr/checkout/", ADDRESS)
    return CheckoutAttempt.objects.get()


def page_of(attempt: CheckoutAttempt, back: str = "") -> str:
    return f"/ma/fr/checkout/{attempt.pk}/pay/cmi/{back}"


def leave(client: Client, attempt: CheckoutAttempt) -> CmiPage:
    """The buyer goes on to CMI's page, whose form is ours."""
    answer = client.post(page_of(attempt))
    html = answer.content.decode()
    assert f'action="{GATEWAY}"' in html
    assert "form-action 'self' https://payment.cmi.example" in answer["Content-Security-Policy"]
    found = re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)">', html)
    return CmiPage({name: unescape(value) for name, value in found})


def test_the_hash_is_the_published_one() -> None:
    fields = {"B": "2|x", "a": "1\\", "encoding": "UTF-8", "HASH": "z", "c10": "", "c2": " y "}

    # a, B, c2, c10, key
    by_hand = "1\\\\|2\\|x|y||k"
    assert hash_of(fields, "k") == _sha(by_hand)
    assert is_signed({**fields, "HASH": hash_of(fields, "k")}, "k")
    assert not is_signed({**fields, "HASH": hash_of(fields, "")}, "")


def _sha(text: str) -> str:
    return base64.b64encode(hashlib.sha512(text.encode()).digest()).decode()


def test_paid_at_cmi_the_order_is_placed(
    client: Client, world: World, attempt: CheckoutAttempt
) -> None:
    # given
    chosen = client.post(f"/ma/fr/checkout/{attempt.pk}/payment/", {"method": "card"})
    assert chosen["Location"] == page_of(attempt)
    page = leave(client, attempt)
    assert page.form["amount"] == f"{attempt.total_minor // 100}.00"
    assert page.form["currency"] == "504"

    # when
    said = page.call_back(page.result())
    back = Client().post(page.form["okUrl"].removeprefix("https://shop.example"))
    placed = client.get(back["Location"].removeprefix("https://shop.example"))

    # then
    assert (said, page.debited) == ("ACTION=POSTAUTH", ["26330Ab1"])
    assert back.status_code == 303
    assert re.fullmatch(r"/ma/fr/orders/[\w-]+/\?new=1", placed["Location"])
    order = Order.objects.get()
    assert (order.payment_status, order.payment_method) == ("paid", "card")
    engine_order = app_client().order_by_id(ids.global_id(ids.ORDER, order.pk)).order
    assert int(engine_order.total_charged.fractional_amount) == order.total_minor
    assert traces_of_a_card(ProviderNotification.objects.all()) == []


def test_the_callback_alone_places_the_order(
    client: Client, world: World, attempt: CheckoutAttempt
) -> None:
    page = leave(client, attempt)
    page.call_back(page.result())

    work_off()

    assert Order.objects.get().payment_status == "paid"


def test_replayed_a_callback_gets_the_same_answer_and_pays_once(
    client: Client, world: World, attempt: CheckoutAttempt
) -> None:
    page = leave(client, attempt)
    for _time in range(3):
        page.call_back(page.result())
    work_off()
    page.call_back(page.result())
    another = page.call_back(page.result(TransId="another"))
    work_off()

    assert page.answers == ["ACTION=POSTAUTH"] * 4 + ["APPROVED"]
    assert another == "APPROVED"
    assert ProviderNotification.objects.count() == Payment.objects.count() == 1
    assert Order.objects.count() == 1


@pytest.mark.parametrize(
    "changed",
    [
        {"amount": "1.00"},
        {"amount": "nonsense"},
        {"currency": "978"},
        {"clientid": "600009999"},
        {"oid": "0" * 32},
        {"oid": "nonsense"},
    ],
)
def test_signed_but_not_for_this_payment_nothing_is_debited(
    client: Client, world: World, attempt: CheckoutAttempt, changed: dict[str, str]
) -> None:
    page = leave(client, attempt)

    said = page.call_back(page.result(**changed))

    assert said == "APPROVED"
    assert not ProviderNotification.objects.exists()
    assert Payment.objects.get().state == "pending"


def test_forged_nothing_happens(client: Client, world: World, attempt: CheckoutAttempt) -> None:
    page = leave(client, attempt)
    right = page.result()

    forged = [
        {**right, "HASH": "nonsense"},
        {**right, "HASH": ""},
        {**right, "amount": "1.00"},
        {**right, "HASH": sign(right, "another key")},
        {name: value for name, value in right.items() if name != "HASH"},
    ]

    assert [page.call_back(fields) for fields in forged] == ["FAILURE"] * 5
    assert not ProviderNotification.objects.exists()
    assert client.get(page_of(attempt, "back/")).status_code == 200
    assert Payment.objects.get().state == "pending"
    assert not Order.objects.exists()


def test_a_declined_card_is_said_so_and_another_try_is_another_number(
    client: Client, world: World, attempt: CheckoutAttempt
) -> None:
    first = leave(client, attempt)
    assert first.call_back(first.result(approved=False)) == "APPROVED"

    html = client.get(page_of(attempt, "back/")).content.decode()
    second = leave(client, attempt)
    late = first.call_back(first.result())
    second.call_back(second.result())
    work_off()

    assert "La banque a refusé la carte" in html
    assert second.form["oid"] != first.form["oid"]
    assert (late, first.debited) == ("APPROVED", [])
    assert Order.objects.get().payment_status == "paid"


def test_what_is_given_up_is_not_debited_later(
    client: Client, world: World, attempt: CheckoutAttempt
) -> None:
    page = leave(client, attempt)
    Payment.objects.update(created_at=datetime(2026, 1, 1, tzinfo=UTC))
    services.close_abandoned_payments(by=BY)

    assert page.call_back(page.result()) == "APPROVED"
    assert Payment.objects.get().state == "failed"


def test_a_refund_waits_until_staff_say_that_it_was_made(
    client: Client, world: World, attempt: CheckoutAttempt
) -> None:
    page = leave(client, attempt)
    page.call_back(page.result())
    work_off()
    order = Order.objects.get()
    part = world.part(order, world.weavers)

    refund = services.make_refund(
        vendor_order=part, lines={}, include_shipping=True, reason="Retard", by=BY
    )
    waiting = ManualRefund.objects.get()
    assert (refund.state, waiting.amount_minor) == ("sent", refund.total_minor)
    services.confirm_manual_refund(manual_refund=waiting, reference="CMI 123", by=BY)
    services.confirm_manual_refund(manual_refund=waiting, reference="CMI 124", by=BY)
    refund.__class__._base_manager.update(check_at=refund.requested_at)
    services.settle_open_refunds(by=BY)

    refund.refresh_from_db()
    waiting.refresh_from_db()
    assert (refund.state, waiting.reference) == ("made", "CMI 123")
    engine_order = app_client().order_by_id(ids.global_id(ids.ORDER, order.pk)).order
    assert int(engine_order.total_refunded.fractional_amount) == refund.total_minor
