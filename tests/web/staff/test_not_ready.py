"""A cooperative that is not ready, and an order that nobody saw, are said where staff look."""

import pytest
from django.test import Client
from django.utils.html import strip_tags

from catalog.services import start_listing, submit_revision
from marketplace.orders.models import VendorOrder
from tests.factories import vendors as make
from tests.factories.shop import BY, content
from tests.orders.conftest import made_world, world
from tests.orders.world import World
from tests.web.browsers import browser
from vendors.models import Cooperative, Programme

__all__ = ["made_world", "world"]
pytestmark = pytest.mark.django_db
BASE = "/staff/mourafaka/"


def text(client: Client, path: str, **query: str) -> str:
    answer = client.get(path, query)
    assert answer.status_code == 200
    return " ".join(strip_tags(answer.content.decode()).split())


def english(user: object) -> Client:
    return browser(user, "en")  # type: ignore[arg-type]


@pytest.fixture
def near(programme: Programme) -> Cooperative:
    return make.make_cooperative(programme, "near")


def test_the_overview_counts_it_and_leads_to_it(programme: Programme, near: Cooperative) -> None:
    client = english(make.make_staff(programme))
    page = client.get(BASE).content.decode()
    assert "Cooperatives that are not ready to sell" in page
    assert f"{BASE}cooperatives/?missing=any" in page
    followed = text(client, BASE)
    assert "nobody who can sign in and send orders" in followed
    assert "no tax status" in followed


def test_the_list_finds_it_by_what_is_missing(programme: Programme, near: Cooperative) -> None:
    other = make.make_cooperative(programme, "other")
    make.make_member(other)
    client = english(make.make_staff(programme))
    listed = text(client, f"{BASE}cooperatives/", missing="member")
    assert near.legal_name in listed
    assert other.legal_name not in listed
    for missing in ("any", "contact", "tax_status", "account"):
        assert other.legal_name in text(client, f"{BASE}cooperatives/", missing=missing)
    shown = client.get(f"{BASE}cooperatives/", {"columns": ["cooperative", "missing"]})
    assert shown.status_code == 200


def test_an_adviser_reads_it_on_the_page_of_their_cooperative(near: Cooperative) -> None:
    client = english(make.make_adviser(near))
    page = text(client, f"{BASE}cooperatives/by-name/{near.slug}/")
    assert "A member who can sign in and send orders missing" in page
    assert "Tax status missing" in page
    make.make_member(near)
    page = text(client, f"{BASE}cooperatives/by-name/{near.slug}/")
    assert "A member who can sign in and send orders complete" in page


def test_it_is_said_before_a_listing_is_approved(programme: Programme, near: Cooperative) -> None:
    revision = start_listing(cooperative_id=near.pk, content=content(), quantity=3, by=BY)
    submit_revision(revision=revision, by=BY)
    client = english(make.make_staff(programme))
    page = text(client, f"{BASE}moderation/{revision.pk}/")
    assert "The cooperative is not ready to sell" in page
    assert "no confirmed bank account" in page


def test_an_order_that_nobody_saw_is_a_task_of_staff(world: World) -> None:
    order = world.part(world.placed(rug=1), world.weavers)
    client = english(world.coordinator)
    assert "Orders that no cooperative has seen" not in text(client, BASE)
    world.manager.is_active = False
    world.manager.save()
    page = client.get(BASE).content.decode()
    assert "Orders that no cooperative has seen" in page
    assert f"{BASE}orders/?state=unseen" in page
    assert "1 order not seen" in page
    assert order.number in text(client, f"{BASE}orders/", state="unseen")
    assert "Call the cooperative." in text(client, f"{BASE}orders/{order.pk}/")


def test_staff_of_other_regions_have_no_such_task(world: World) -> None:
    order = world.part(world.placed(rug=1), world.weavers)
    VendorOrder.objects.within(order.cooperative.scope).update(placed_at="2026-01-01T00:00Z")
    VendorOrder.objects.within(order.cooperative.scope).update(notified_at=None)
    stranger = make.make_staff(world.programme, "regional", regions=("MA-01",))
    assert "Orders that no cooperative has seen" not in text(english(stranger), BASE)
    own = make.make_staff(world.programme, "regional", regions=(world.weavers.region_code,))
    assert "Orders that no cooperative has seen" in text(english(own), BASE)
