"""Context processor: ``shop`` for the base template of the shop's pages."""

from typing import Any

from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject


def shop_context(request: HttpRequest) -> dict[str, Any]:
    """Header and footer of the shop; nothing on pages of portal and staff."""
    shop = getattr(request, "shop", None)
    return {"shop": SimpleLazyObject(lambda: shop.header)} if shop else {}
