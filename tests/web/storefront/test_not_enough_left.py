"""Too few are left at the checkout: which, how many, and one tap that takes those."""

import re
from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from catalog.models import ListingOffer
from marketplace.embedded.models import Reservation
from marketplace.orders.models import BasketLine, CheckoutAttempt
from marketplace.orders.services.checkout import shortages
from marketplace.payments.providers.test_card import APPROVED
from marketplace.saleor import ids
from marketplace.saleor.client import StockInput
from marketplace.saleor.errors import EngineUnavailable
from marketplace.saleor.gateway import app_client
from tests.factories.addresses import ADDRESS
from tests.orders.conftest import made_world, world
from tests.orders.world import World

__all__ = ["made_world", "world"]

pytestmark = pytest.mark.django_db


def buyer(world: World, **quantities: int) -> Client:
    client = Client()
    for name, quantity in quantities.items():
        line = {"variant": str(getattr(world, name)), "quantity": quantity}
        client.post("/ma/fr/basket/add/", line)
    return client


def put_in_stock(world: World, honeys: int) -> None:
    """The engine's warehouse holds so many; our pages have not heard of it yet."""
    warehouse = ids.global_id(ids.WAREHOUSE, world.growers.pk)
    stock = StockInput(warehouse=warehouse, quantity=honeys)
    app_client().update_variant_stocks(ids.global_id(ids.VARIANT, world.honey), [stock])


def alert(html: str) -> str:
    found = re.search(r'<div class="alert bad".*?</div></div>', html, re.DOTALL)
    assert found, html
    return found[0]


def buttons(html: str) -> list[tuple[str, dict[str, str]]]:
    """The forms below the refusal: where each posts to, and what."""
    form = r'<form method="post" action="([^"]*/basket/lines/[^"]*)">(.*?)</form>'
    named = r'<input type="hidden" name="(then|quantity)" value="(\w+)">'
    return [(action, dict(re.findall(named, inner))) for action, inner in re.findall(form, html)]


def test_only_the_line_that_is_short_is_named_and_one_tap_takes_what_is_there(
    world: World,
) -> None:
    """Another's checkout keeps three of five rugs: the pages still count them as there."""
    world.begun(rug=3)
    late = buyer(world, rug=4, honey=2)

    html = late.post("/ma/fr/checkout/", ADDRESS).content.decode()

    assert "Tapis (il en reste 2)" in alert(html)
    assert "Miel" not in alert(html)
    ((action, data),) = buttons(html)
    assert late.post(action, data)["Location"] == "/ma/fr/checkout/"
    quantities = dict(BasketLine.objects.values_list("variant_id", "quantity"))
    assert quantities == {world.rug: 2, world.honey: 2}
    assert ADDRESS["line1"] in late.get("/ma/fr/checkout/").content.decode()
    assert late.post("/ma/fr/checkout/", ADDRESS)["Location"].endswith("/delivery/")


def test_what_is_gone_is_left_out_by_one_tap(world: World) -> None:
    put_in_stock(world, 0)
    late = buyer(world, rug=1, honey=2)

    html = late.post("/ma/fr/checkout/", ADDRESS).content.decode()

    ((action, data),) = buttons(html)
    late.post(action, data)
    assert set(BasketLine.objects.values_list("variant_id", flat=True)) == {world.rug}
    assert late.post("/ma/fr/checkout/", ADDRESS)["Location"].endswith("/delivery/")


def test_what_the_buyers_own_checkout_keeps_is_there_for_her(world: World) -> None:
    """She keeps two rugs, another two of five: of three that she now wants, three are there."""
    own = buyer(world, rug=2)
    own.post("/ma/fr/checkout/", ADDRESS)
    world.begun(rug=2)
    own.post("/ma/fr/basket/add/", {"variant": str(world.rug), "quantity": 2})

    html = own.post("/ma/fr/checkout/", ADDRESS).content.decode()

    assert "Tapis (il en reste 3)" in alert(html)
    assert [data["quantity"] for _action, data in buttons(html)] == ["3"]


def lapsed(world: World) -> tuple[Client, str]:
    """A buyer at the payment, who was slow: of her four rugs another keeps three now."""
    slow = buyer(world, rug=4)
    page = slow.post("/ma/fr/checkout/", ADDRESS)["Location"].replace("delivery", "payment")
    past = timezone.now() - timedelta(minutes=1)
    Reservation.objects.update(reserved_until=past)
    CheckoutAttempt.objects.update(reserved_until=past)
    world.begun(rug=3)
    return slow, page


def test_at_the_payment_the_same_is_said_and_nothing_is_charged(world: World) -> None:
    slow, page = lapsed(world)

    html = slow.post(page, {"method": "cod"}).content.decode()

    assert "Tapis (il en reste 2)" in alert(html)
    assert [data for _action, data in buttons(html)] == [{"then": "checkout", "quantity": "2"}]
    assert "Vos articles sont réservés" not in html


def test_at_the_card_the_same_is_said_with_its_button(world: World) -> None:
    slow, page = lapsed(world)
    card = slow.post(page, {"method": "card"})["Location"]

    html = slow.post(card, {"number": APPROVED}).content.decode()

    assert "Tapis (il en reste 2)" in alert(html)
    assert "/ma/fr/basket/" in alert(html)
    assert [data for _action, data in buttons(html)] == [{"then": "checkout", "quantity": "2"}]


def test_without_the_engine_what_the_pages_show_is_compared(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    def unavailable() -> None:
        raise EngineUnavailable

    late = buyer(world, rug=4, honey=2)
    world.begun(rug=3)
    ListingOffer.objects.filter(variant_id=world.rug).update(available=1)
    monkeypatch.setattr(shortages, "app_client", unavailable)

    html = late.post("/ma/fr/checkout/", ADDRESS).content.decode()

    assert "Tapis (il en reste 1)" in alert(html)
    assert "Miel" not in alert(html)
