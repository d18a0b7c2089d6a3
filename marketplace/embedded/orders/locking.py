"""Locking orders for a change within the open write."""

from django.db.models import QuerySet

from marketplace.embedded.ids import fetch
from marketplace.embedded.models import Fulfillment, Order


def lock_order(global_id: str | None, *, field: str = "id") -> Order:
    """Lock and return the order with this global id; refuses NOT_FOUND."""
    return fetch(_locking(), global_id, "Order", field=field)


def lock_order_of(fulfillment: Fulfillment) -> Order:
    """Lock and return the order of a fulfilment."""
    return _locking().get(pk=fulfillment.order_id)


def _locking() -> QuerySet[Order]:
    return Order.objects.select_for_update(of=("self",)).select_related("channel")
