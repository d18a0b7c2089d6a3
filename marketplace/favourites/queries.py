"""What an account keeps and waits for."""

from dataclasses import dataclass
from uuid import UUID

from django.core.paginator import Page, Paginator

from catalog.markets import Market
from catalog.models import ListingPage
from catalog.queries import listing_pages
from marketplace.favourites.models import Favourite, StockNotice
from vendors.accounts import User

PAGE_SIZE = 24


@dataclass(frozen=True)
class KeptState:
    """What an account has to do with a product in a market."""

    is_favourite: bool = False
    is_waited_for: bool = False


def state_of(user: User, listing_id: UUID, market: str) -> KeptState:
    """Whether the product is a favourite of the account, and waited for."""
    return KeptState(
        Favourite.objects.filter(user=user, listing_id=listing_id).exists(),
        StockNotice.objects.filter(user=user, listing_id=listing_id, market=market).exists(),
    )


def favourites(user: User, market: Market, page: int = 1) -> tuple[Page[UUID], list[ListingPage]]:
    """A page of favourites, the latest first, and those of them that the market sells."""
    rows = Favourite.objects.filter(user=user).order_by("-added_at", "pk")
    found = Paginator(rows.values_list("listing_id", flat=True), PAGE_SIZE).get_page(page)
    return found, listing_pages(list(found.object_list), market)
