"""What this room holds about an account."""

from typing import Any

from marketplace.favourites.models import Favourite, StockNotice
from vendors.accounts import User


def export(user: User) -> dict[str, Any]:
    """Favourite products, and those that the account waits for."""
    kept = Favourite.objects.filter(user=user).order_by("-added_at")
    waiting = StockNotice.objects.filter(user=user).order_by("-asked_at")
    return {
        "favourites": [{"listing": row.listing_id, "added_at": row.added_at} for row in kept],
        "notices": [
            {"listing": row.listing_id, "market": row.market, "asked_at": row.asked_at}
            for row in waiting
        ],
    }


def erase(user: User) -> int:
    """Delete both; returns how many rows."""
    kept, _each = Favourite.objects.filter(user=user).delete()
    waiting, _each = StockNotice.objects.filter(user=user).delete()
    return kept + waiting
