"""A buyer reviews what arrived: once a product, changed, taken back; and nobody else does."""

from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from marketplace.core.actors import Actor
from marketplace.core.models import DomainEvent
from marketplace.orders.models import Complaint
from marketplace.orders.services.erasure import erase_buyer
from marketplace.reviews.errors import (
    NoStars,
    NotReceived,
    OwnProduct,
    ReviewedBefore,
    ReviewTooLong,
    TooLateToReview,
)
from marketplace.reviews.handlers import on_buyer_erased
from marketplace.reviews.services import withdraw_review
from tests.orders.complaining import arrived, asked
from tests.orders.conftest import made_world, world
from tests.orders.world import World
from tests.reviews.writing import (
    five,
    honey_of,
    line_of,
    now,
    of_another_buyer,
    order_of,
    page_of,
    reviewed,
)
from vendors.scoping import Crossing

__all__ = ["made_world", "world"]

pytestmark = pytest.mark.django_db


def test_what_arrived_is_reviewed_once_and_changed(world: World) -> None:
    line = honey_of(world)
    row = reviewed(line, 4, "Très bon\u202e miel", name="  Salma\nB. ")
    assert (row.state, row.text, row.name) == ("shown", "Très bon miel", "Salma B.")

    again = reviewed(line, 2, "Moins bon à la fin")

    assert again.pk == row.pk
    assert (now(row).stars, now(row).changed_at is not None) == (2, True)
    assert page_of(line).review_count == 1
    events = DomainEvent.objects.filter(name="ReviewShown").order_by("pk")
    assert [event.payload["is_new"] for event in events] == [True, False]


def test_the_same_product_of_another_order_is_the_same_review(world: World) -> None:
    first = honey_of(world)
    second = of_another_buyer(first, "salma@example.org")
    reviewed(first)
    with pytest.raises(ReviewedBefore, match=order_of(first).number):
        reviewed(second)
    assert page_of(first).review_count == 1


def test_what_did_not_arrive_is_not_reviewed(world: World) -> None:
    part = world.part(world.placed(honey=1), world.growers)
    with pytest.raises(NotReceived):
        reviewed(line_of(part))


def test_what_never_came_is_not_reviewed_but_what_was_refunded_for_a_fault_is(
    world: World,
) -> None:
    for reason, is_reviewable in (("not_come", False), ("damaged", True)):
        order = world.placed(honey=1)
        part = arrived(world, order, world.growers, kind="time_out")
        complaint = asked(part, reason=reason)
        rows = Complaint.objects.crossing(Crossing.POLICY).filter(pk=complaint.pk)
        rows.update(state="closed", outcome="refunded", closed_at=timezone.now())
        if is_reviewable:
            assert reviewed(line_of(part)).is_shown
        else:
            with pytest.raises(NotReceived):
                reviewed(line_of(part))


def test_a_member_does_not_review_the_cooperatives_own_goods(world: World) -> None:
    with pytest.raises(OwnProduct):
        reviewed(honey_of(world, world.other_manager.email.upper()))


def test_after_a_year_it_is_too_late_but_a_review_may_be_changed(world: World) -> None:
    line = honey_of(world)
    long_ago = timezone.now() - timedelta(days=366)
    line.vendor_order.parcels.update(delivered_at=long_ago)
    with pytest.raises(TooLateToReview):
        reviewed(line)

    line.vendor_order.parcels.update(delivered_at=timezone.now())
    row = reviewed(line)
    line.vendor_order.parcels.update(delivered_at=long_ago)
    assert reviewed(line, 1).pk == row.pk


@pytest.mark.parametrize(
    ("given", "error"),
    [({"stars": 0}, NoStars), ({"stars": 6}, NoStars), ({"text": "x" * 2001}, ReviewTooLong)],
)
def test_limits_of_a_review(given: dict[str, Any], error: type[Exception], world: World) -> None:
    line = honey_of(world)
    with pytest.raises(error):
        reviewed(line, **given)
    assert page_of(line).review_count == 0


def test_withdrawn_it_counts_no_longer_and_may_be_written_anew(world: World) -> None:
    line = honey_of(world)
    row = reviewed(line, name="Salma")
    for _ in range(2):
        withdraw_review(review=row, by=Actor.buyer(order_of(line).pk))
    gone = now(row)
    assert (gone.state, gone.text, gone.name) == ("withdrawn", "", "")
    assert page_of(line).review_count == 0

    assert reviewed(line, 3, "Finalement bon").pk == row.pk
    assert (now(row).state, page_of(line).review_count) == ("shown", 1)


def test_from_five_on_there_is_a_score(world: World) -> None:
    rows = five(world, 5, 5, 5, 5)
    line = rows[0].line
    assert (page_of(line).review_count, page_of(line).score) == (4, None)

    reviewed(of_another_buyer(line, "fifth@example.org"), 1, "Cassé")

    page = page_of(line)
    assert page.review_count == 5
    assert page.score is not None
    assert 350 < page.score < 420


def test_an_erased_buyer_leaves_stars_and_words_of_nobody(world: World) -> None:
    line = honey_of(world)
    row = reviewed(line, name="Salma")
    order = order_of(line)
    before = row.buyer_key

    erase_buyer(order=order, by=Actor.system("test"))
    event = DomainEvent.objects.get(name="BuyerErased")
    on_buyer_erased(event.payload)

    left = now(row)
    assert (left.name, left.text, left.state) == ("", "Très bon", "shown")
    assert left.buyer_key != before
    assert page_of(line).review_count == 1
