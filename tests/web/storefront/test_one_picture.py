"""A listing has one picture, from the first page to the order."""

import pytest
from django.test import Client

from catalog.models import ListingPage, ListingVariant
from catalog.photos import public_address
from marketplace.core.picture_sizes import in_width
from marketplace.orders.services import tracking_links
from tests.orders.conftest import made_world, world
from tests.orders.world import World
from vendors.scoping import Crossing

__all__ = ["made_world", "world"]

pytestmark = pytest.mark.django_db


def test_the_same_photograph_from_the_card_to_the_order(world: World, client: Client) -> None:
    # given a listing with a photograph, as the demo's listings have
    variants = ListingVariant.objects.crossing(Crossing.BUYER_ORDER)
    listing_id = variants.get(pk=world.honey).listing_id
    page = ListingPage.objects.get(listing_id=listing_id)
    page.media = [public_address(listing_id)]
    page.save(update_fields=["media"])
    token = tracking_links.issue_link(order=world.placed(rug=1, honey=2))
    client.post("/ma/fr/basket/add/", {"variant": str(world.honey), "quantity": "1"})

    shown = {
        address: client.get(address).content.decode()
        for address in (
            "/ma/fr/",
            f"/ma/fr/goods/{page.slug}/",
            "/ma/fr/basket/",
            f"/ma/fr/orders/{token}/",
        )
    }

    for address, html in shown.items():
        assert in_width(page.image, 160) in html, address
        assert f"illustrations/honey/{page.illustration_seed}" not in html, address
