"""The shop with one rug, for acts that start together: with real transactions."""

from typing import Any

import pytest

from tests.kept_worlds import kept
from tests.orders.world import World, make_world


@pytest.fixture
def world(transactional_db: None, settings: Any) -> World:
    settings.TEST_PAYMENTS = True
    return kept("one_rug", lambda: make_world(rugs=1))
