"""At the same moment: the same review sent twice, and reviews of two buyers of one product."""

from functools import partial
from typing import Any

import pytest

from marketplace.reviews.errors import ReviewedBefore
from marketplace.reviews.models import Review
from tests.concurrency import at_once
from tests.kept_worlds import kept
from tests.orders.world import World, make_world
from tests.reviews.writing import honey_of, of_another_buyer, page_of, reviewed
from vendors.scoping import Crossing

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def world(transactional_db: None, settings: Any) -> World:
    settings.TEST_PAYMENTS = True
    return kept("orders", make_world)


def test_two_at_once_are_one_review_and_two_buyers_are_both_counted(world: World) -> None:
    line = honey_of(world)
    same = partial(reviewed, line, 4, "Très bon")
    assert at_once(same, same, same) == []
    assert Review.objects.crossing(Crossing.POLICY).count() == 1
    assert page_of(line).review_count == 1

    others = [of_another_buyer(line, f"b{n}@example.org") for n in range(4)]
    acts = [partial(reviewed, other, 5, f"Avis {n}") for n, other in enumerate(others)]
    assert at_once(*acts) == []
    assert page_of(line).review_count == 5
    assert page_of(line).score is not None

    # One buyer, two orders of the same product.
    twice = [of_another_buyer(line, "twice@example.org") for _ in range(2)]
    refused = at_once(*(partial(reviewed, each, 5, "Deux fois") for each in twice))
    assert [type(error) for error in refused] == [ReviewedBefore]
    assert page_of(line).review_count == 6
