"""The events of the engine: the permission to receive them, and their GraphQL type."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.utils import timezone

SYNC_EVENTS = (
    "SHIPPING_LIST_METHODS_FOR_CHECKOUT",
    "CHECKOUT_CALCULATE_TAXES",
    "ORDER_CALCULATE_TAXES",
    "PAYMENT_GATEWAY_INITIALIZE_SESSION",
    "TRANSACTION_INITIALIZE_SESSION",
    "TRANSACTION_PROCESS_SESSION",
    "TRANSACTION_CHARGE_REQUESTED",
    "TRANSACTION_REFUND_REQUESTED",
    "TRANSACTION_CANCELATION_REQUESTED",
)
ASYNC_EVENTS = (
    "ANY_EVENTS",
    *("ORDER_CREATED", "ORDER_CONFIRMED", "ORDER_PAID", "ORDER_FULLY_PAID", "ORDER_UPDATED"),
    *("ORDER_FULFILLED", "ORDER_REFUNDED", "ORDER_FULLY_REFUNDED", "ORDER_CANCELLED"),
    *("ORDER_EXPIRED", "ORDER_METADATA_UPDATED", "ORDER_BULK_CREATED"),
    *("FULFILLMENT_CREATED", "FULFILLMENT_CANCELED", "FULFILLMENT_METADATA_UPDATED"),
    *("FULFILLMENT_APPROVED", "FULFILLMENT_TRACKING_NUMBER_UPDATED"),
    *("PRODUCT_CREATED", "PRODUCT_UPDATED", "PRODUCT_DELETED", "PRODUCT_METADATA_UPDATED"),
    *("PRODUCT_MEDIA_CREATED", "PRODUCT_MEDIA_UPDATED", "PRODUCT_MEDIA_DELETED"),
    *("PRODUCT_VARIANT_CREATED", "PRODUCT_VARIANT_UPDATED", "PRODUCT_VARIANT_DELETED"),
    *("PRODUCT_VARIANT_STOCK_UPDATED", "PRODUCT_VARIANT_OUT_OF_STOCK"),
    *("PRODUCT_VARIANT_BACK_IN_STOCK", "PRODUCT_VARIANT_METADATA_UPDATED"),
    *("CATEGORY_CREATED", "CATEGORY_UPDATED", "CATEGORY_DELETED"),
    *("COLLECTION_CREATED", "COLLECTION_UPDATED", "COLLECTION_DELETED"),
    *("CHANNEL_CREATED", "CHANNEL_UPDATED", "CHANNEL_DELETED", "CHANNEL_STATUS_CHANGED"),
    *("PAGE_CREATED", "PAGE_UPDATED", "PAGE_DELETED"),
    *("TRANSLATION_CREATED", "TRANSLATION_UPDATED"),
    *("CHECKOUT_CREATED", "CHECKOUT_UPDATED", "CHECKOUT_FULLY_PAID", "CHECKOUT_METADATA_UPDATED"),
    *("CUSTOMER_CREATED", "CUSTOMER_UPDATED", "CUSTOMER_DELETED", "CUSTOMER_METADATA_UPDATED"),
    *("WAREHOUSE_CREATED", "WAREHOUSE_UPDATED", "WAREHOUSE_DELETED"),
    *("INVOICE_REQUESTED", "INVOICE_SENT", "INVOICE_DELETED"),
    "TRANSACTION_ITEM_METADATA_UPDATED",
)
# The first matching prefix gives the permission that an App needs to receive the event.
_PERMISSIONS = (
    ("CHECKOUT_CALCULATE_TAXES", "HANDLE_TAXES"),
    ("ORDER_CALCULATE_TAXES", "HANDLE_TAXES"),
    ("PAYMENT_", "HANDLE_PAYMENTS"),
    ("TRANSACTION_", "HANDLE_PAYMENTS"),
    ("SHIPPING_", "MANAGE_SHIPPING"),
    ("ORDER_", "MANAGE_ORDERS"),
    ("FULFILLMENT_", "MANAGE_ORDERS"),
    ("INVOICE_", "MANAGE_ORDERS"),
    ("PRODUCT_", "MANAGE_PRODUCTS"),
    ("CATEGORY_", "MANAGE_PRODUCTS"),
    ("COLLECTION_", "MANAGE_PRODUCTS"),
    ("WAREHOUSE_", "MANAGE_PRODUCTS"),
    ("CHANNEL_", "MANAGE_CHANNELS"),
    ("PAGE_", "MANAGE_PAGES"),
    ("TRANSLATION_", "MANAGE_TRANSLATIONS"),
    ("CHECKOUT_", "MANAGE_CHECKOUTS"),
    ("CUSTOMER_", "MANAGE_USERS"),
)
_TYPE_NAMES = {
    "CHECKOUT_CALCULATE_TAXES": "CalculateTaxes",
    "ORDER_CALCULATE_TAXES": "CalculateTaxes",
}


def permission_of(event_name: str) -> str | None:
    """Return the permission an App needs to receive the event."""
    return next((p for prefix, p in _PERMISSIONS if event_name.startswith(prefix)), None)


def type_name_of(event_name: str) -> str:
    """Return the GraphQL type of an event: ORDER_CREATED → OrderCreated."""
    return _TYPE_NAMES.get(event_name) or event_name.title().replace("_", "")


def event_names_of(type_name: str) -> list[str]:
    """Return the event of a GraphQL type; none for the interface CalculateTaxes."""
    return [
        name
        for name in (*ASYNC_EVENTS, *SYNC_EVENTS)
        if name not in _TYPE_NAMES and type_name_of(name) == type_name
    ]


@dataclass(frozen=True)
class Occurrence:
    """One event about one subject: the root value of a subscription query."""

    name: str
    subject: Any
    principal: Any = None
    recipient: Any = None
    extra: dict[str, Any] = field(default_factory=dict)
    issued_at: datetime = field(default_factory=timezone.now)
