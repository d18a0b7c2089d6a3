"""What this room holds about an account."""

from typing import Any

from marketplace.favourites.models import Favourite, Follow, NewsWish, StockNotice
from vendors.accounts import User


def export(user: User) -> dict[str, Any]:
    """Favourite products, those that the account waits for, and cooperatives that it follows."""
    kept = Favourite.objects.filter(user=user).order_by("-added_at")
    waiting = StockNotice.objects.filter(user=user).order_by("-asked_at")
    followed = Follow.objects.filter(user=user).order_by("-followed_at")
    wish = NewsWish.objects.filter(user=user).first()
    return {
        "favourites": [{"listing": row.listing_id, "added_at": row.added_at} for row in kept],
        "notices": [
            {"listing": row.listing_id, "market": row.market, "asked_at": row.asked_at}
            for row in waiting
        ],
        "followed": [
            {"cooperative": row.cooperative_id, "followed_at": row.followed_at} for row in followed
        ],
        "news": {"market": wish.market, "wished_at": wish.wished_at} if wish else None,
    }


def erase(user: User) -> int:
    """Delete all of it; returns how many rows."""
    tables = (Favourite, StockNotice, Follow, NewsWish)
    return sum(table.objects.filter(user=user).delete()[0] for table in tables)
