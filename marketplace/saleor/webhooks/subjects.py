"""What a webhook's body is about: where our subscriptions put the id of a product or an order."""

from typing import Any

_PRODUCT = (
    ("product", "id"),
    ("productVariant", "product", "id"),
    ("productMedia", "productId"),
    ("translation", "translatableContent", "productId"),
)
_ORDER = ("order", "id")


def product_id_of(body: dict[str, Any]) -> str | None:
    """Saleor's id of the product that changed, itself or by its variant, media or translation."""
    return next((found for path in _PRODUCT if (found := _at(body, path))), None)


def order_id_of(body: dict[str, Any]) -> str | None:
    """Saleor's id of the order that changed."""
    return _at(body, _ORDER)


def _at(body: dict[str, Any], path: tuple[str, ...]) -> str | None:
    found: Any = body
    for step in path:
        found = found.get(step) if isinstance(found, dict) else None
    return found if isinstance(found, str) and found else None
