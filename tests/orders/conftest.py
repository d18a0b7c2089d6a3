"""The shop in which the tests of orders buy and sell, made once for each test process."""

import copy
from collections.abc import Iterator
from typing import Any

import pytest

from marketplace.core.database import DatabaseAddress
from tests import databases
from tests.orders.world import World


@pytest.fixture(scope="module")
def made_world(
    world_database: tuple[DatabaseAddress, World], django_db_blocker: Any
) -> Iterator[World]:
    """The world in its own database, for one file; each test's changes are rolled back."""
    address, world = world_database
    with django_db_blocker.unblock(), databases.inside(address):
        yield copy.deepcopy(world)


@pytest.fixture
def world(made_world: World, db: None, settings: Any) -> World:
    """Two cooperatives, a listing each; five rugs and twenty honeys in stock."""
    settings.TEST_PAYMENTS = True
    return made_world
