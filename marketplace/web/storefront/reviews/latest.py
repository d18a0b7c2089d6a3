"""The latest reviews, on the page of a product or of a cooperative."""

from dataclasses import dataclass

from catalog.models import ListingPage
from marketplace.reviews import queries
from marketplace.reviews.queries import Rating
from marketplace.web.storefront.reviews.scores import score_text
from marketplace.web.storefront.reviews.shown import ShownReview, bars, shown_reviews
from marketplace.web.storefront.shell import Shop
from vendors.models import Cooperative

MOST = 3


@dataclass(frozen=True)
class Latest:
    """The latest reviews, with the address of all; ``score`` is empty while there are too few."""

    rating: Rating
    score: str
    bars: list[tuple[str, int, int]]
    items: list[ShownReview]
    url: str


def latest_of_listing(shop: Shop, page: ListingPage) -> Latest | None:
    """Of a product; None, without asking, where the shop shows none."""
    if not page.review_count:
        return None
    found = queries.reviews_of_listing(page.listing_id, size=MOST)
    rating = queries.rating_of_listing(page.listing_id)
    items = shown_reviews(shop, found.object_list)
    return _latest(shop, rating, items, shop.url("listing-reviews", slug=page.slug))


def latest_of_cooperative(shop: Shop, cooperative: Cooperative) -> Latest | None:
    """Of everything that a cooperative sold: their score, and where they are read."""
    rating = queries.rating_of_cooperative(cooperative.pk)
    if not rating.count:
        return None
    return _latest(shop, rating, [], shop.url("cooperative-reviews", slug=cooperative.slug))


def _latest(shop: Shop, rating: Rating, items: list[ShownReview], url: str) -> Latest:
    return Latest(
        rating, score_text(rating.score, shop.format), bars(rating, shop.format), items, url
    )
