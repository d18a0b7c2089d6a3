"""A product of which one order may hold so many: said before the checkout, and at it."""

import re

import pytest
from django.test import Client

from catalog.handlers import on_product_changed
from catalog.models import ListingOffer
from marketplace.orders.models import BasketLine
from marketplace.saleor import ids
from marketplace.saleor.client import ProductVariantInput, ShopSettingsInput
from marketplace.saleor.gateway import app_client
from marketplace.saleor.webhooks.events import read_event
from tests.factories.addresses import ADDRESS
from tests.orders.conftest import made_world, world
from tests.orders.world import World

__all__ = ["made_world", "world"]

pytestmark = pytest.mark.django_db


def limit(world: World, most: int | None, *, is_told: bool = True) -> None:
    """The store's staff set it on the variant; its webhook tells us, or has not yet."""
    gid = ids.global_id(ids.VARIANT, world.honey)
    app_client().update_variant(gid, ProductVariantInput(quantity_limit_per_customer=most))
    if is_told:
        on_product_changed(read_event("product_variant_updated", {"productVariant": {"id": gid}}))


def add(client: Client, world: World, quantity: int) -> str:
    data = {"variant": str(world.honey), "quantity": quantity}
    return client.post("/ma/fr/basket/add/", data, follow=True).content.decode()


def listing(client: Client, world: World) -> str:
    slug = ListingOffer.objects.get(variant_id=world.honey, channel_slug="ma-mad").page.slug
    response = client.get(f"/ma/fr/goods/{slug}/")
    assert response.status_code == 200
    return response.content.decode()


def largest(html: str) -> list[str]:
    return re.findall(r'data-max="(\d+)"', html)


def test_the_product_and_the_basket_say_how_many_one_order_may_hold(
    client: Client, world: World
) -> None:
    limit(world, 3)

    page = listing(client, world)
    refused = add(client, world, 4)
    none = BasketLine.objects.count()
    basket = add(client, world, 3)

    assert "Au plus 3 par commande" in page
    assert largest(page) == ["3"]
    assert "Au plus 3 de ce produit par commande. Pour en avoir plus" in refused
    assert none == 0
    assert "Au plus 3 par commande" in basket
    assert largest(basket) == ["3"]
    assert "?more=1" in basket


def test_without_a_limit_or_with_one_above_ours_nothing_is_said(
    client: Client, world: World
) -> None:
    for most in (None, 20, 500):
        limit(world, most)
        assert "par commande" not in listing(client, world)
    assert "Au plus" not in add(client, world, 19)


def test_a_limit_that_came_later_is_said_at_the_line(client: Client, world: World) -> None:
    add(client, world, 5)
    limit(world, 3)

    basket = client.get("/ma/fr/basket/").content.decode()
    lower = client.post(f"/ma/fr/basket/lines/{world.honey}/", {"quantity": "3"}, follow=True)

    assert "Au plus 3 par commande. Modifiez la quantité." in basket
    assert "Modifiez la quantité." not in lower.content.decode()


@pytest.mark.parametrize("is_of_the_store", [False, True])
def test_a_limit_that_we_have_not_heard_of_is_said_at_the_checkout(
    client: Client, world: World, *, is_of_the_store: bool
) -> None:
    client.post("/ma/fr/basket/add/", {"variant": str(world.rug)})
    add(client, world, 5)
    if is_of_the_store:
        settings = ShopSettingsInput(limit_quantity_per_checkout=3)
        app_client().update_shop_settings(settings)
    else:
        limit(world, 3, is_told=False)

    html = client.post("/ma/fr/checkout/", ADDRESS).content.decode()

    said = re.search(r'role="alert".*?</div></div>', html, re.DOTALL)
    assert said
    assert "Miel (3 au plus)" in said[0]
    assert "Tapis" not in said[0]
    assert "?more=1" in html
    (action,) = re.findall(r'action="(/ma/fr/basket/lines/[^"]+)"', html)
    client.post(action, {"quantity": "3", "then": "checkout"})
    assert client.post("/ma/fr/checkout/", ADDRESS)["Location"].endswith("/delivery/")
