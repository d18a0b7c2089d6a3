"""Rows of the read model for documents, by SQL that is composed once."""

from collections import defaultdict
from collections.abc import Sequence
from uuid import UUID

from catalog.models import ListingPage
from catalog.queries.rows import array_of, fetched, shape_of
from search.indexing.documents import OfferRow, PageFacts

_PAGES = """
    SELECT {columns} FROM catalog_listingpage WHERE listing_id = ANY(%s::uuid[]) AND is_published
"""
_OFFERS = """
    SELECT page_id, channel_slug, amount_minor, available FROM catalog_listingoffer
    WHERE page_id = ANY(%s::uuid[]) ORDER BY id
"""
_SALES = """
    SELECT listing_id, market, quantity FROM search_listingsales
    WHERE listing_id = ANY(%s::uuid[])
"""


def facts_of(ids: Sequence[UUID]) -> list[PageFacts]:
    """What the documents of the published ones among listings are built from, by their ids."""
    shape = shape_of(ListingPage, PageFacts._fields)
    rows = fetched(_PAGES.format(columns=", ".join(shape.columns)), [array_of(ids)])
    return sorted((PageFacts(*shape.read(row)) for row in rows), key=lambda page: page.listing_id)


def offers_by_listing(ids: Sequence[UUID]) -> dict[UUID, list[OfferRow]]:
    """All offers of listings."""
    found: defaultdict[UUID, list[OfferRow]] = defaultdict(list)
    for row in fetched(_OFFERS, [array_of(ids)]):
        found[row[0]].append(OfferRow._make(row[1:]))
    return found


def sales_of(ids: Sequence[UUID]) -> list[tuple[UUID, str, int]]:
    """How many pieces of listings were sold in each market."""
    return fetched(_SALES, [array_of(ids)])
