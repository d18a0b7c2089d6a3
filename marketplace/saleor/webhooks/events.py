"""Reading a webhook: which order, product or variant changed.

The inbox reads a stored body into a `WebhookEvent` and hands it to every handler of the event.
"""

import json
from dataclasses import dataclass, field
from typing import Any

# Paths to the product in a body.
_PRODUCT_PATHS = (
    ("product", "id"),
    ("productVariant", "product", "id"),
    ("productMedia", "productId"),
    ("translation", "translatableContent", "productId"),
)
# Fields that differ between two events of the same object.
_VOLATILE = frozenset({"issuedAt", "updatedAt", "__typename", "version"})


@dataclass(frozen=True)
class WebhookEvent:
    """An asynchronous event; ids are Saleor's global ids, empty where the event names none."""

    name: str
    body: dict[str, Any] = field(repr=False)
    order_id: str
    product_id: str
    variant_id: str
    order_ids: tuple[str, ...]
    """The orders of an import."""
    subject: str
    """Events with the same subject and handlers are handled once, with the latest of them.

    Every event of a product, its variants and its translations has the same subject.
    """


def read_event(name: str, body: dict[str, Any]) -> WebhookEvent:
    """Read the body of an event; missing fields are left empty."""
    order_id = _text_at(body, ("order", "id"))
    product_id = next(filter(None, (_text_at(body, path) for path in _PRODUCT_PATHS)), "")
    orders = (_text_at(order, ("id",)) for order in body.get("orders") or ())
    return WebhookEvent(
        name=name,
        body=body,
        order_id=order_id,
        product_id=product_id,
        variant_id=_text_at(body, ("productVariant", "id")),
        order_ids=tuple(filter(None, orders)),
        subject=_subject(body, order_id, product_id),
    )


def _subject(body: dict[str, Any], order_id: str, product_id: str) -> str:
    if product_id:
        return f"product:{product_id}"
    if order_id:
        return f"order:{order_id}"
    return json.dumps(_lasting(body), sort_keys=True)


def _text_at(body: Any, path: tuple[str, ...]) -> str:
    found = body
    for step in path:
        found = found.get(step) if isinstance(found, dict) else None
    return found if isinstance(found, str) else ""


def _lasting(value: Any) -> Any:
    if isinstance(value, dict):
        return {k: _lasting(v) for k, v in value.items() if k not in _VOLATILE}
    return [_lasting(item) for item in value] if isinstance(value, list) else value
