"""More than the shop offers: the basket and the product lead to a request to the cooperative."""

import lxml.html
import pytest
from django.test import Client

from catalog.models import ListingPage
from marketplace.conversations.models import Conversation
from tests.orders.conftest import made_world, world
from tests.orders.world import World
from vendors.scoping import Crossing

__all__ = ["made_world", "world"]

pytestmark = pytest.mark.django_db


def test_whoever_reaches_the_limit_asks_for_more(client: Client, world: World) -> None:
    world.weavers.published_at = world.weavers.created_at
    world.weavers.save(update_fields=["published_at"])
    slug = ListingPage.objects.get(cooperative_id=world.weavers.pk).slug
    path = f"/ma/fr/goods/{slug}/question/?more=1"
    assert path in client.get(f"/ma/fr/goods/{slug}/").content.decode()
    for quantity, is_led in ((4, False), (1, True)):
        client.post("/ma/fr/basket/add/", {"variant": str(world.rug), "quantity": quantity})
        assert (path in client.get("/ma/fr/basket/").content.decode()) == is_led

    page = lxml.html.fromstring(client.get(path).content.decode())
    form = next(form for form in page.forms if "text" in form.fields)
    asked = {name: value or "" for name, value in form.fields.items()}
    assert "Quantité\u00a0:" in asked["text"]
    who = {"name": "Salma Bennani", "email": "salma@example.org"}
    as_it_was = client.post(path, asked | who)
    assert as_it_was.status_code == 422
    assert "Indiquez la quantité souhaitée." in as_it_was.content.decode()
    filled = asked["text"].replace("Quantité\u00a0:", "Quantité\u00a0: 60 tapis")
    assert client.post(path, asked | who | {"text": filled}).status_code == 302

    conversation = Conversation.objects.crossing(Crossing.POLICY).get()
    assert conversation.cooperative_id == world.weavers.pk
    assert "60 tapis" in conversation.messages.get().text
