"""The shop in which the tests of orders buy and sell, made once for each file of tests."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.conf import settings as django_settings
from django.db import connections

from tests import databases
from tests.orders.world import World, make_world


@pytest.fixture(scope="module")
def made_world(django_db_setup: None, django_db_blocker: Any) -> Iterator[World]:
    """A database of its own with the world in it; each test's changes are rolled back."""
    usual = django_settings.DATABASE_ADDRESS
    # Not "test_…": such a database of another process is taken for a left-over one.
    name = f"world_of_{usual.name}"
    with django_db_blocker.unblock():
        connections.close_all()
        databases.execute(usual, f'CREATE DATABASE "{name}" TEMPLATE "{usual.name}"')
        databases.use(databases.at(usual, name))
        try:
            yield make_world()
        finally:
            connections.close_all()
            databases.use(usual)
            databases.execute(usual, f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')


@pytest.fixture
def world(made_world: World, db: None, settings: Any) -> World:
    """Two cooperatives, a listing each; five rugs and twenty honeys in stock."""
    settings.TEST_PAYMENTS = True
    return made_world
