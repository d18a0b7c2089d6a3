"""Keeping a product, and waiting for one. Repeating either changes nothing."""

from uuid import UUID

from marketplace.favourites.errors import TooManyKept
from marketplace.favourites.models import Favourite, StockNotice
from vendors.accounts import User

MOST = 500


def keep(*, user: User, listing_id: UUID) -> None:
    """Make a product a favourite; raises TooManyKept at 500."""
    kept = Favourite.objects.filter(user=user)
    if kept.filter(listing_id=listing_id).exists():
        return
    if kept.count() >= MOST:
        raise TooManyKept(most=MOST)
    Favourite.objects.bulk_create(
        [Favourite(user=user, listing_id=listing_id)], ignore_conflicts=True
    )


def let_go(*, user: User, listing_id: UUID) -> None:
    """No longer a favourite."""
    Favourite.objects.filter(user=user, listing_id=listing_id).delete()


def wait_for(*, user: User, listing_id: UUID, market: str, language: str) -> None:
    """Tell the account when the product can be bought again in a market; raises TooManyKept."""
    waiting = StockNotice.objects.filter(user=user)
    if waiting.count() >= MOST:
        raise TooManyKept(most=MOST)
    notice = StockNotice(user=user, listing_id=listing_id, market=market, language=language)
    StockNotice.objects.bulk_create([notice], ignore_conflicts=True)


def wait_no_longer(*, user: User, listing_id: UUID, market: str) -> None:
    """Do not tell after all."""
    StockNotice.objects.filter(user=user, listing_id=listing_id, market=market).delete()
