"""Queries on listings: for the shop, and for those who edit and review them."""

from catalog.queries.shop import (
    Offer,
    counts_by_category,
    listing_page,
    listing_pages,
    newest,
    of_cooperative,
    offers_for,
    pages_in,
    season,
)

__all__ = [
    "Offer",
    "counts_by_category",
    "listing_page",
    "listing_pages",
    "newest",
    "of_cooperative",
    "offers_for",
    "pages_in",
    "season",
]
