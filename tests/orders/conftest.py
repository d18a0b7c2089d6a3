"""The shop in which the tests of orders buy and sell."""

import pytest

from tests.orders.world import World, make_world


@pytest.fixture
def world(db: None) -> World:
    """Two cooperatives, a listing each; five rugs and twenty honeys in stock."""
    return make_world()
