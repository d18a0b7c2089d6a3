"""Context processor: ``shop`` for the base template, wherever a page of the shop is shown."""

from typing import Any

from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject


def shop_context(request: HttpRequest) -> dict[str, Any]:
    """The header and footer of the shop; nothing on the pages of those who work here."""
    shop = getattr(request, "shop", None)
    return {"shop": SimpleLazyObject(lambda: shop.header)} if shop else {}
