"""Finding and locking orders and what belongs to them."""

from django.db.models import QuerySet

from marketplace.embedded.ids import fetch
from marketplace.embedded.models import Fulfillment, Order


def lock_order(global_id: str | None, *, field: str = "id") -> Order:
    """Lock the order within the open write; refuses NOT_FOUND."""
    return fetch(_locking(), global_id, "Order", field=field)


def lock_order_of(fulfillment: Fulfillment) -> Order:
    """Lock the fulfilment's order within the open write."""
    return _locking().get(pk=fulfillment.order_id)


def _locking() -> QuerySet[Order]:
    return Order.objects.select_for_update(of=("self",)).select_related("channel")
