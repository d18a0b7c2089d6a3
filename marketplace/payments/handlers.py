"""What this room does when the engine or a room below says that something happened."""

from typing import Any
from uuid import UUID

from marketplace.orders.models import Order
from marketplace.payments.services.projection import capture_payments, project_transactions
from marketplace.saleor import ids
from marketplace.saleor.gateway import app_client


def on_order_placed(payload: dict[str, Any]) -> None:
    """Domain event OrderPlaced: a payment that was made at checkout is now an order's."""
    capture_payments(order_id=UUID(payload["order_id"]))


def on_engine_order_changed(body: dict[str, Any]) -> None:
    """A hint that money may have moved for an order: fetch it and bring its transactions in.

    An order which is not here yet is brought in by the orders' own handler, whose hint or sweep
    leads back here.
    """
    _bring_in((body.get("order") or {}).get("id", ""))


def on_engine_orders_brought_in(body: dict[str, Any]) -> None:
    """Past orders were created together; each carries its payment."""
    for order in body.get("orders") or []:
        _bring_in(order["id"])


def _bring_in(engine_id: str) -> None:
    ours = ids.our_id(ids.ORDER, engine_id)
    if ours is None or not Order.objects.filter(pk=ours).exists():
        return
    engine_order = app_client().order_by_id(id=engine_id).order
    if engine_order is not None:
        project_transactions(engine_order)
