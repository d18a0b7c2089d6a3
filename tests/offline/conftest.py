"""The shop of the orders' tests, whose members have phones."""

from tests.orders.conftest import made_world, world

__all__ = ["made_world", "world"]
