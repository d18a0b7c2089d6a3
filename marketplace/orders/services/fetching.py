"""Fetch an order from the engine, and project it."""

from uuid import UUID

from marketplace.orders.errors import OrderNotFound
from marketplace.orders.models import Order
from marketplace.orders.services.projection import project_order
from marketplace.saleor import ids
from marketplace.saleor.client import OrderParts
from marketplace.saleor.gateway import app_client


def fetched(order_gid: str) -> OrderParts:
    """The engine's order as it is now; raises OrderNotFound, EngineUnavailable."""
    order = app_client().order_by_id(order_gid).order
    if order is None:
        raise OrderNotFound
    return order


def bring_in(order_id: UUID) -> Order:
    """Fetch and project one of our orders again. Raises OrderNotFound, EngineUnavailable."""
    return project_order(fetched(ids.global_id(ids.ORDER, order_id)))
