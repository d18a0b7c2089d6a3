"""The shop of the orders' tests, in which cooperatives also sell directly."""

from tests.orders.conftest import made_world, world

__all__ = ["made_world", "world"]
