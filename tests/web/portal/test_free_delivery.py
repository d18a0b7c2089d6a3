"""A cooperative says from which sum delivery is free, and buyers read it."""

import pytest
from django.test import Client
from django.utils import timezone

from marketplace.orders.free_delivery import free_from_by_market
from marketplace.orders.services import checkout
from marketplace.orders.services.tracking_links import issue_link
from tests.orders.conftest import made_world, world
from tests.orders.world import World
from tests.web.browsers import browser

__all__ = ["made_world", "world"]

pytestmark = pytest.mark.django_db


def test_it_is_saved_once_it_was_seen_and_buyers_read_it(client: Client, world: World) -> None:
    own, office = world.growers, browser(world.other_manager)
    path = f"/portal/{own.slug}/delivery/free/"
    assert path in office.get(f"/portal/{own.slug}/money/").content.decode()
    assert "jusqu’à 1\u00a0kg" in office.get(f"{path}?lang=fr").content.decode()

    wanted = {"from_ma": "٢٠٠", "from_eu": "", "preview": "1"}
    seen = office.post(f"{path}set/", wanted).content.decode()
    assert "Les acheteurs liront" in seen
    assert "Livraison offerte dès" in seen
    assert free_from_by_market(own.scope) == {}
    assert office.post(f"{path}set/", wanted | {"save": "1"})["Location"] == path
    assert free_from_by_market(own.scope) == {"ma": 20_000}
    refused = office.post(f"{path}set/", {"from_ma": "-5", "save": "1"})
    assert refused.status_code == 422
    assert free_from_by_market(own.scope) == {"ma": 20_000}

    own.status, own.published_at = "active", timezone.now()
    own.save()
    shop = client.get(f"/ma/fr/cooperatives/{own.slug}/").content.decode()
    assert "Livraison offerte dès" in shop
    client.post("/ma/fr/basket/add/", {"variant": str(world.honey), "quantity": 2})
    basket = client.get("/ma/fr/basket/").content.decode()
    assert "de produits de cette coopérative et la livraison est offerte" in basket
    client.post("/ma/fr/basket/add/", {"variant": str(world.honey), "quantity": 1})
    basket = client.get("/ma/fr/basket/").content.decode()
    assert "Livraison offerte\u00a0: la coopérative la paie." in basket


def test_the_order_says_it_to_buyer_and_cooperative(client: Client, world: World) -> None:
    own, office = world.growers, browser(world.other_manager)
    path = f"/portal/{own.slug}/delivery/free/"
    office.post(f"{path}set/", {"from_ma": "200", "save": "1"})
    attempt = world.paid(honey=3)
    page = client.get(f"/ma/fr/orders/{issue_link(order=checkout.complete(attempt=attempt))}/")
    assert ">Offerte<" in page.content.decode()
    part = world.part(page.context["order"], own)
    shown = office.get(f"/portal/{own.slug}/orders/{part.pk}/").content.decode()
    assert "À votre charge\u00a0: le prix du transporteur" in shown
    assert "Ce qu’elle vous a coûté" in office.get(path).content.decode()


def test_others_of_the_cooperative_do_not_set_it(world: World) -> None:
    path = f"/portal/{world.weavers.slug}/delivery/free/"
    books = browser(world.accountant)
    assert books.get(path).status_code == 200
    assert books.post(f"{path}set/", {"from_ma": "200", "save": "1"}).status_code in {403, 404}
    assert free_from_by_market(world.weavers.scope) == {}
