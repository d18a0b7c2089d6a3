"""The events that our App receives, and for each the GraphQL subscription of its payload.

A subscription may use the fragments in ``subscriptions/fragments/``, one file each, by name.
"""

import re
from dataclasses import dataclass
from pathlib import Path

_DOCUMENTS = Path(__file__).parent / "subscriptions"
_FRAGMENT = re.compile(r"\.\.\.([A-Z]\w+)")


@dataclass(frozen=True)
class Subscription:
    """One webhook of our App: its events, and the file of the subscription of their payload."""

    name: str
    document: str
    events: tuple[str, ...]

    @property
    def query(self) -> str:
        """The GraphQL subscription, with the fragments that it uses."""
        text = (_DOCUMENTS / f"{self.document}.graphql").read_text(encoding="utf-8")
        shared = (_DOCUMENTS / "fragments" / f"{name}.graphql" for name in _used_fragments(text))
        return "\n".join([text, *(path.read_text(encoding="utf-8") for path in shared)])


def _used_fragments(text: str) -> list[str]:
    """The names of the shared fragments in a document, in order, each once."""
    names = dict.fromkeys(_FRAGMENT.findall(text))
    return [name for name in names if f"fragment {name} on" not in text]


ASYNCHRONOUS = (
    Subscription(
        "orders",
        "orders",
        (
            "ORDER_CREATED",
            "ORDER_CONFIRMED",
            "ORDER_PAID",
            "ORDER_FULLY_PAID",
            "ORDER_UPDATED",
            "ORDER_FULFILLED",
            "ORDER_REFUNDED",
            "ORDER_CANCELLED",
            "FULFILLMENT_CREATED",
            "FULFILLMENT_CANCELED",
            "FULFILLMENT_TRACKING_NUMBER_UPDATED",
        ),
    ),
    Subscription("imported orders", "imported_orders", ("ORDER_BULK_CREATED",)),
    Subscription(
        "products",
        "products",
        (
            "PRODUCT_CREATED",
            "PRODUCT_UPDATED",
            "PRODUCT_DELETED",
            "PRODUCT_VARIANT_CREATED",
            "PRODUCT_VARIANT_UPDATED",
            "PRODUCT_VARIANT_DELETED",
            "PRODUCT_VARIANT_STOCK_UPDATED",
            "PRODUCT_VARIANT_OUT_OF_STOCK",
            "PRODUCT_VARIANT_BACK_IN_STOCK",
            "PRODUCT_MEDIA_CREATED",
            "PRODUCT_MEDIA_UPDATED",
            "PRODUCT_MEDIA_DELETED",
        ),
    ),
    Subscription("translations", "translations", ("TRANSLATION_CREATED", "TRANSLATION_UPDATED")),
)

SYNCHRONOUS = tuple(
    Subscription(event.replace("_", " "), document, (event.upper(),))
    for event, document in (
        ("shipping_list_methods_for_checkout", "shipping_list_methods_for_checkout"),
        ("checkout_calculate_taxes", "calculate_taxes"),
        ("order_calculate_taxes", "calculate_taxes"),
        ("payment_gateway_initialize_session", "payment_gateway_initialize_session"),
        ("transaction_initialize_session", "transaction_initialize_session"),
        ("transaction_process_session", "transaction_process_session"),
        ("transaction_charge_requested", "transaction_charge_requested"),
        ("transaction_refund_requested", "transaction_refund_requested"),
        ("transaction_cancelation_requested", "transaction_cancelation_requested"),
    )
)

# Event names as they stand in the header of a webhook.
ASYNCHRONOUS_EVENTS = frozenset(e.lower() for s in ASYNCHRONOUS for e in s.events)
SYNCHRONOUS_EVENTS = frozenset(e.lower() for s in SYNCHRONOUS for e in s.events)
