"""A cooperative reads what buyers say of its products, answers once, and reports."""

import pytest
from django.test import Client

from marketplace.orders.models import VendorOrderLine
from marketplace.reviews.models import Review
from tests.orders.conftest import made_world, world
from tests.orders.world import World
from tests.reviews.writing import honey_of, now, of_another_buyer, reviewed
from tests.web.browsers import browser

__all__ = ["made_world", "world"]

pytestmark = pytest.mark.django_db


@pytest.fixture
def line(world: World) -> VendorOrderLine:
    return honey_of(world)


@pytest.fixture
def review(line: VendorOrderLine) -> Review:
    return reviewed(line, 4, "Très bon miel", name="Salma")


@pytest.fixture
def phone(world: World) -> Client:
    return browser(world.other_manager, "en")


def home(world: World) -> str:
    return f"/portal/{world.growers.slug}/reviews/"


def test_a_member_reads_and_answers_once(world: World, phone: Client, review: Review) -> None:
    assert "1 review without an answer" in phone.get(home(world)).content.decode()
    path = f"{home(world)}{review.pk}/"
    assert "Très bon miel" in phone.get(path).content.decode()

    for _ in range(2):
        assert phone.post(f"{path}answer/", {"text": "Merci !"})["Location"] == path
    assert now(review).answer == "Merci !"
    refused = phone.post(f"{path}answer/", {"text": "Encore merci"})
    assert refused.status_code == 422
    assert f"{path}answer/" not in phone.get(path).content.decode()
    assert path not in phone.get(f"{home(world)}?state=answer").content.decode()


@pytest.mark.parametrize("text", [" ", "Appelez le 0661 22 33 44"])
def test_what_is_no_answer_is_refused(
    text: str, world: World, phone: Client, review: Review
) -> None:
    answer = phone.post(f"{home(world)}{review.pk}/answer/", {"text": text})
    assert answer.status_code == 422
    assert now(review).answer == ""


def test_a_member_reports_and_sees_nothing_that_was_not_shown(
    world: World, phone: Client, line: VendorOrderLine, review: Review
) -> None:
    path = f"{home(world)}{review.pk}/"
    for _ in range(2):
        phone.post(f"{path}report/", {"reason": "unrelated", "more": "Un autre produit"})
    assert review.reports.get().text == "Un autre produit"

    other = of_another_buyer(line, "driss@example.org")
    held = reviewed(other, 1, "Appelez le 0661 22 33 44")
    assert phone.get(f"{home(world)}{held.pk}/").status_code == 404
    assert str(held.pk) not in phone.get(home(world)).content.decode()


def test_who_may_not_finds_nothing(world: World, review: Review) -> None:
    stranger, accountant = browser(world.manager, "en"), browser(world.accountant, "en")
    for path in (home(world), f"{home(world)}{review.pk}/"):
        assert stranger.get(path).status_code == 404
    own = f"/portal/{world.weavers.slug}/reviews/{review.pk}/"
    assert stranger.get(own).status_code == 404
    assert stranger.post(f"{own}answer/", {"text": "Merci"}).status_code == 404
    assert accountant.get(f"/portal/{world.weavers.slug}/reviews/").status_code == 403
    assert now(review).answer == ""
