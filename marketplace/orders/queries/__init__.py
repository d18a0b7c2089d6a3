"""Reads of this room: baskets, checkouts, orders."""

from marketplace.orders.queries.baskets import (
    BasketLineView,
    BasketParcel,
    BasketView,
    basket_count,
    basket_view,
    find_basket,
)

__all__ = [
    "BasketLineView",
    "BasketParcel",
    "BasketView",
    "basket_count",
    "basket_view",
    "find_basket",
]
