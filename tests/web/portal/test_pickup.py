"""A cooperative lets buyers collect; a buyer chooses it, and says the code at the counter."""

import pytest
from django.test import Client
from django.utils import timezone

from marketplace.orders.models import Collection
from marketplace.orders.pickup import newest_offer
from marketplace.orders.services import checkout
from marketplace.orders.services.tracking_links import issue_link
from tests.orders.conftest import made_world, world
from tests.orders.world import World
from tests.web.browsers import browser

__all__ = ["made_world", "world"]

pytestmark = pytest.mark.django_db
CARD = {"number": "4242 4242 4242 4242"}
TERMS = {
    "is_offered": "on", "address_line": "Route de l'oasis", "place_name": "Zagora",
    "hours_fr": "Lundi à samedi", "hours_ar": "", "hours_en": "", "ready_days": "2",
    "keep_days": "5",
}  # fmt: skip


def test_from_the_offer_to_the_counter(client: Client, world: World) -> None:
    own, office = world.growers, browser(world.other_manager)
    path = f"/portal/{own.slug}/delivery/pickup/"
    assert office.get(path).status_code == 200
    assert office.post(f"{path}set/", TERMS | {"hours_fr": "", "save": "1"}).status_code == 422
    assert "Lundi à samedi" in office.post(f"{path}set/", TERMS).content.decode()
    assert newest_offer(own.scope) is None
    assert office.post(f"{path}set/", TERMS | {"save": "1"})["Location"] == path
    own.status, own.published_at = "active", timezone.now()
    own.save()
    assert "Lundi à samedi" in client.get(f"/ma/fr/cooperatives/{own.slug}/").content.decode()

    attempt = checkout.choose_delivery(attempt=world.begun(honey=1), option_id="pickup")
    assert checkout.pay(attempt=attempt, method="card", data=CARD).is_settled
    order = checkout.complete(attempt=attempt)
    part = world.part(order, own)
    code = Collection.objects.within(own.scope).get().code
    link = f"/ma/fr/orders/{issue_link(order=order)}/"
    assert code in client.get(link).content.decode()
    place = f"/portal/{own.slug}/orders/{part.pk}/"
    for path in (place, f"/portal/{own.slug}/orders/", f"/portal/{own.slug}/"):
        shown = office.get(path)
        assert shown.status_code == 200
        assert code not in shown.content.decode()
    assert office.post(f"{place}ready/").status_code == 302
    client.get(link)
    assert b"%PDF" in office.get(f"{place}slip.pdf").content[:10]
    wrong = "000000" if code != "000000" else "111111"
    office.post(f"{place}collected/", {"code": wrong})
    assert not part.parcels.exists()
    office.post(f"{place}collected/", {"code": code})
    assert part.parcels.get().state == "delivered"
    assert client.get(link).status_code == 200
    assert office.get(place).status_code == 200


def test_a_seller_hands_over_and_an_accountant_does_not(world: World) -> None:
    path = f"/portal/{world.weavers.slug}/delivery/pickup/"
    books = browser(world.accountant)
    assert books.get(path).status_code == 200
    assert books.post(f"{path}set/", TERMS | {"save": "1"}).status_code in {403, 404}
    assert newest_offer(world.weavers.scope) is None
