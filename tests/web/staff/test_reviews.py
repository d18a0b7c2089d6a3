"""Staff decide on what a rule held and readers reported; observers read; advisers answer."""

import pytest
from django.test import Client

from marketplace.core.actors import Actor
from marketplace.orders.models import VendorOrderLine
from marketplace.reviews.models import ReportReason, Review
from marketplace.reviews.services import report_review
from tests.factories.vendors import make_adviser, make_staff
from tests.orders.conftest import made_world, world
from tests.orders.world import World
from tests.reviews.writing import honey_of, now, of_another_buyer, page_of, reviewed
from tests.rules.access_world import photograph
from tests.web.browsers import browser

__all__ = ["made_world", "world"]

pytestmark = pytest.mark.django_db


@pytest.fixture
def line(world: World) -> VendorOrderLine:
    return honey_of(world)


@pytest.fixture
def held(line: VendorOrderLine) -> Review:
    """Held by a rule, with a photograph."""
    return reviewed(line, 2, "Appelez le 0661 22 33 44", photos=[photograph()])


@pytest.fixture
def coordinator(world: World) -> Client:
    return browser(world.coordinator, "en")


def home(world: World) -> str:
    return f"/staff/{world.programme.slug}/reviews/"


def read(client: Client, path: str) -> str:
    response = client.get(path)
    assert response.status_code == 200
    return response.content.decode()


def test_what_is_held_is_read_with_its_photograph_and_shown(
    world: World, coordinator: Client, line: VendorOrderLine, held: Review
) -> None:
    assert "Reviews to decide" in read(coordinator, f"/staff/{world.programme.slug}/")
    path = f"{home(world)}{held.pk}/"
    assert path in read(coordinator, f"{home(world)}?state=decide")
    page = read(coordinator, path)
    assert "a link, an e-mail address or a telephone number" in page
    picture = coordinator.get(f"{path}photos/0/")
    assert picture["Cache-Control"] == "private, no-store"
    assert b"".join(picture)[:2] == b"\xff\xd8"
    assert coordinator.get(f"{path}photos/1/").status_code == 404

    stale = coordinator.post(f"{path}show/", {"version": "another", "photos": "1"}, follow=True)
    assert "changed meanwhile" in stale.content.decode()
    coordinator.post(f"{path}show/", {"version": held.version, "photos": "1"})

    assert (now(held).state, now(held).shows_photos) == ("shown", True)
    assert page_of(line).review_count == 1
    assert path not in read(coordinator, f"{home(world)}?state=decide")


def test_a_reported_one_is_hidden_with_a_reason(
    world: World, coordinator: Client, line: VendorOrderLine
) -> None:
    row = reviewed(line, 1, "Des voleurs")
    by = Actor.buyer(row.pk)
    report_review(review=row, reason=ReportReason.INSULT, text="Voyez", reporter="x", by=by)
    path = f"{home(world)}{row.pk}/"
    assert "Voyez" in read(coordinator, path)
    assert coordinator.post(f"{path}hide/", {"version": row.version}).status_code == 422

    coordinator.post(f"{path}hide/", {"version": row.version, "hiding": "Insulte"})

    assert (now(row).state, now(row).hidden_reason) == ("hidden", "Insulte")
    assert "Des voleurs" not in Client().get(f"/ma/fr/goods/{page_of(line).slug}/").content.decode()


def test_who_reads_who_answers_and_who_finds_nothing(
    world: World, line: VendorOrderLine, held: Review
) -> None:
    row = reviewed(of_another_buyer(line, "driss@example.org"), 5, "Parfait")
    path = f"{home(world)}{row.pk}/"
    observer = browser(make_staff(world.programme, "observer"), "en")
    assert "Parfait" in read(observer, path)
    for act in ("show", "hide", "answer"):
        assert observer.post(f"{path}{act}/", {"version": row.version}).status_code == 403

    other_region = browser(make_staff(world.programme, "regional", regions=("MA-09",)), "en")
    assert other_region.get(path).status_code == 404
    assert other_region.post(f"{path}show/", {"version": row.version}).status_code == 404

    adviser = browser(make_adviser(world.growers), "en")
    assert adviser.post(f"{path}answer/", {"text": "Merci !"}).status_code == 302
    assert now(row).answer == "Merci !"
    assert adviser.post(f"{path}hide/", {"version": row.version}).status_code == 403
