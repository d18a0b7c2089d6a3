"""A voucher on the pages of the shop: entered, refused with what was typed, shown to the end."""

import re

import pytest
from django.core import mail
from django.test import Client

from marketplace.core.worker import work_off
from marketplace.orders.models import CheckoutAttempt, Order, Voucher
from tests.factories.addresses import ADDRESS
from tests.orders.conftest import made_world, world
from tests.orders.vouchers import open_voucher
from tests.orders.world import World

__all__ = ["made_world", "world"]

pytestmark = pytest.mark.django_db
BASKET, VOUCHER = "/ma/fr/basket/", "/ma/fr/basket/voucher/"


@pytest.fixture
def buyer(client: Client, world: World) -> Client:
    """A buyer with a rug and two honeys in the basket."""
    for variant, quantity in ((world.rug, 1), (world.honey, 2)):
        client.post("/ma/fr/basket/add/", {"variant": str(variant), "quantity": quantity})
    return client


def test_from_the_basket_to_the_mail(buyer: Client, world: World) -> None:
    open_voucher(world)
    assert buyer.post(VOUCHER, {"code": "souk2026"})["Location"] == BASKET
    for page in (BASKET, "/ma/fr/checkout/"):
        html = buyer.get(page).content.decode()
        assert "SOUK2026" in html
        assert "19,00" in html
    buyer.post("/ma/fr/checkout/", ADDRESS)
    attempt = CheckoutAttempt.objects.get()
    path = f"/ma/fr/checkout/{attempt.pk}"
    assert "SOUK2026" in buyer.get(f"{path}/delivery/").content.decode()
    buyer.post(f"{path}/delivery/", {"option": "standard"})
    methods = re.findall(
        r'name="method" value="([^"]+)"', buyer.get(f"{path}/payment/").content.decode()
    )
    cash = next(
        method for method in methods if ("c" in method and "cod" in method) or "cash" in method
    )
    answer = buyer.post(f"{path}/payment/", {"method": cash}, follow=True)
    order = Order.objects.get()
    assert order.discount_minor == 1_900
    assert "SOUK2026" in answer.content.decode()
    work_off()
    (sent,) = [m for m in mail.outbox if order.number in m.subject and m.to == [order.email]]
    assert "SOUK2026" in sent.body


def test_what_was_typed_stays_beside_the_reason(buyer: Client) -> None:
    answer = buyer.post(VOUCHER, {"code": "NoSuch<code>"})
    assert answer.status_code == 422
    html = answer.content.decode()
    assert "Nous ne connaissons pas ce code" in html
    assert "NoSuch&lt;code&gt;" in html


def test_a_voucher_is_removed(buyer: Client, world: World) -> None:
    open_voucher(world)
    buyer.post(VOUCHER, {"code": "SOUK2026"})
    buyer.post(VOUCHER, {"remove": "1"})
    assert "SOUK2026" not in buyer.get(BASKET).content.decode()


def test_one_that_ended_is_told_with_the_address_as_typed(buyer: Client, world: World) -> None:
    voucher = open_voucher(world)
    buyer.post(VOUCHER, {"code": voucher.code})
    Voucher.objects.update(state="stopped")
    html = buyer.post("/ma/fr/checkout/", ADDRESS).content.decode()
    assert "retiré de votre panier" in html
    assert ADDRESS["line1"] in html
    assert buyer.post("/ma/fr/checkout/", ADDRESS).status_code == 302


def test_without_a_basket_nothing_happens(client: Client, world: World) -> None:
    assert client.post(VOUCHER, {"code": "SOUK2026"})["Location"] == BASKET
