"""Reads of this room: baskets, checkouts, orders, tracking."""

from marketplace.orders.queries.attempts import find_attempt, tax_quote
from marketplace.orders.queries.baskets import BasketParcel, BasketView, basket_view
from marketplace.orders.queries.checkouts import (
    CheckoutParcel,
    CheckoutView,
    DeliveryOption,
    OptionParcel,
    checkout_view,
)
from marketplace.orders.queries.lines import BasketLineView
from marketplace.orders.queries.of_buyer import (
    BoughtOrder,
    last_order_of_buyer,
    lines_to_buy_again,
    order_of_buyer,
    orders_of_buyer,
)
from marketplace.orders.queries.orders import (
    carrier_file,
    carrier_files,
    counts_by_state,
    exceeding_stock,
    holds_all_parts,
    listed_vendor_orders,
    orders_tracked_by,
    parcel,
    parcels_on_their_way,
    reported_missing,
    still_open,
    undelivered_minor,
    vendor_order,
    vendor_order_rows,
    vendor_orders,
)
from marketplace.orders.queries.tracked import OrderTracking, TrackedParcel
from marketplace.orders.queries.tracking import (
    order_by_token,
    order_of_link,
    parcel_by_token,
)
from marketplace.orders.queries.unseen import is_unseen, unseen
from marketplace.orders.queries.visitor_baskets import basket_count, find_basket

__all__ = [
    "BasketLineView",
    "BasketParcel",
    "BasketView",
    "BoughtOrder",
    "CheckoutParcel",
    "CheckoutView",
    "DeliveryOption",
    "OptionParcel",
    "OrderTracking",
    "TrackedParcel",
    "basket_count",
    "basket_view",
    "carrier_file",
    "carrier_files",
    "checkout_view",
    "counts_by_state",
    "exceeding_stock",
    "find_attempt",
    "find_basket",
    "holds_all_parts",
    "is_unseen",
    "last_order_of_buyer",
    "lines_to_buy_again",
    "listed_vendor_orders",
    "order_by_token",
    "order_of_buyer",
    "order_of_link",
    "orders_of_buyer",
    "orders_tracked_by",
    "parcel",
    "parcel_by_token",
    "parcels_on_their_way",
    "reported_missing",
    "still_open",
    "tax_quote",
    "undelivered_minor",
    "unseen",
    "vendor_order",
    "vendor_order_rows",
    "vendor_orders",
]
