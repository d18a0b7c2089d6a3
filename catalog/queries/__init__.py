"""Queries on listings: for the shop, and for those who edit and review them."""

from catalog.queries.shop import (
    Offer,
    categories_in,
    listing_page,
    listing_pages,
    newest,
    newest_of_cooperative,
    of_cooperative,
    offers_for,
    pages_in,
    season,
)
from catalog.queries.shown_where import (
    ListingSection,
    changed_by_category,
    changed_by_cooperative,
    changes_from,
    channels_of,
    listing_batches,
    listings_from,
    markets_of_category,
    markets_of_listing,
    sections_of,
)

__all__ = [
    "ListingSection",
    "Offer",
    "categories_in",
    "changed_by_category",
    "changed_by_cooperative",
    "changes_from",
    "channels_of",
    "listing_batches",
    "listing_page",
    "listing_pages",
    "listings_from",
    "markets_of_category",
    "markets_of_listing",
    "newest",
    "newest_of_cooperative",
    "of_cooperative",
    "offers_for",
    "pages_in",
    "season",
    "sections_of",
]
