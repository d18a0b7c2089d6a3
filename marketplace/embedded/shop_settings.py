"""Changing the shop-wide settings."""

from collections.abc import Mapping
from typing import Any

from marketplace.embedded.metadata import merge_metadata
from marketplace.embedded.models import Shop

# Settings that can be taken away: null or zero means no reservation, no limit.
_NULLABLE = {
    "reserve_stock_duration_anonymous_user",
    "reserve_stock_duration_authenticated_user",
    "limit_quantity_per_checkout",
}


def update_shop_settings(shop: Shop, data: Mapping[str, Any]) -> None:
    """Change what is given of a ShopSettingsInput; durations are in minutes."""
    merge_metadata(shop, data)
    for name, value in data.items():
        if name in {"metadata", "private_metadata"}:
            continue
        if name in _NULLABLE:
            setattr(shop, name, value or None)
        elif value is not None:
            setattr(shop, name, value)
    shop.save()
