"""Rows of the read model, for hits and for documents, by SQL that is composed once."""

import json
from collections import defaultdict
from collections.abc import Callable, Sequence
from functools import cache, lru_cache
from typing import Any, NamedTuple
from uuid import UUID

from django.db import connection
from django.db.models import JSONField, Model
from django.db.models.base import ModelState

from catalog.models import ListingOffer, ListingPage
from search.indexing.documents import OfferRow, PageFacts

_PAGES = """
    SELECT {columns} FROM catalog_listingpage WHERE listing_id = ANY(%s::uuid[]) AND is_published
"""
_SOLD = """
    SELECT {columns} FROM catalog_listingpage page
    JOIN catalog_listingoffer offer ON offer.page_id = page.listing_id
    WHERE page.listing_id = ANY(%s::uuid[]) AND page.is_published AND offer.channel_slug = %s
    ORDER BY offer.id
"""
_OFFERS = """
    SELECT page_id, channel_slug, amount_minor, available FROM catalog_listingoffer
    WHERE page_id = ANY(%s::uuid[]) ORDER BY id
"""
_SALES = """
    SELECT listing_id, market, quantity FROM search_listingsales
    WHERE listing_id = ANY(%s::uuid[])
"""
_PAGE_OF_OFFER = ListingOffer._meta.get_field("page")  # noqa: SLF001
# Many listings have the same in these. The values are shared: nobody may change them.
_SHARED = {"cooperative_names", "place_names"}
Names = tuple[str, ...]
# Fields of the read model that no hit shows.
_NOT_SHOWN = {
    "programme_id",
    "is_listed",
    "quantity_on_hand",
    "published_at",
    "updated_at",
    "engine_updated_at",
    "content_hash",
    "seen_at",
}


def sold_by_id(ids: Sequence[UUID], channel: str) -> dict[UUID, ListingPage]:
    """The published ones among listings that a channel sells, each with ``market_offers``.

    Like ``catalog.queries.shop.listing_pages``, without the fields that no hit shows.
    """
    of_page, of_offer = _shape(ListingPage, _shown()), _shape(ListingOffer, ())
    at = len(of_page.columns)
    found: dict[UUID, ListingPage] = {}
    for row in _fetched(_sold(), [_array(ids), channel]):
        page: Any = found.get(row[0])
        if page is None:
            page = found[row[0]] = _instance(ListingPage, of_page, row[:at])
            page.market_offers = []
        offer = _instance(ListingOffer, of_offer, row[at:])
        _PAGE_OF_OFFER.set_cached_value(offer, page)
        page.market_offers.append(offer)
    return found


def _instance(model: type[Model], shape: "Shape", row: Sequence[Any]) -> Any:
    """A model instance of a row, made as by unpickling: ``from_db`` is slower than the query."""
    instance = model.__new__(model)
    instance.__dict__.update(zip(shape.names, shape.read(row), strict=True))
    instance._state = ModelState()  # noqa: SLF001
    instance._state.adding, instance._state.db = False, "default"  # noqa: SLF001
    return instance


def facts_of(ids: Sequence[UUID]) -> list[PageFacts]:
    """What the documents of the published ones among listings are built from, by their ids."""
    shape = _shape(ListingPage, PageFacts._fields)
    rows = _fetched(_PAGES.format(columns=", ".join(shape.columns)), [_array(ids)])
    return sorted((PageFacts(*shape.read(row)) for row in rows), key=lambda page: page.listing_id)


def offers_by_listing(ids: Sequence[UUID]) -> dict[UUID, list[OfferRow]]:
    """All offers of listings."""
    found: defaultdict[UUID, list[OfferRow]] = defaultdict(list)
    for row in _fetched(_OFFERS, [_array(ids)]):
        found[row[0]].append(OfferRow._make(row[1:]))
    return found


def sales_of(ids: Sequence[UUID]) -> list[tuple[UUID, str, int]]:
    """How many pieces of listings were sold in each market."""
    return _fetched(_SALES, [_array(ids)])


def _array(ids: Sequence[UUID]) -> str:
    """Ids as PostgreSQL reads an array: one text is faster than a list."""
    return "{" + ",".join(map(str, ids)) + "}"


def _fetched(sql: str, values: list[Any]) -> list[Any]:
    with connection.cursor() as cursor:
        cursor.execute(sql, values)
        found: list[Any] = cursor.fetchall()
    return found


@cache
def _sold() -> str:
    columns = [f"page.{column}" for column in _shape(ListingPage, _shown()).columns]
    columns += [f"offer.{column}" for column in _shape(ListingOffer, ()).columns]
    return _SOLD.format(columns=", ".join(columns))


@cache
def _shown() -> Names:
    fields = ListingPage._meta.concrete_fields  # noqa: SLF001
    return tuple(field.attname for field in fields if field.attname not in _NOT_SHOWN)


class Shape(NamedTuple):
    """Fields of a model, its columns, and how to convert the values that need it."""

    names: list[str]
    columns: list[str]
    readers: list[tuple[int, Callable[[Any], Any]]]

    def read(self, row: Sequence[Any]) -> list[Any]:
        """The values of the fields, from a row of the database."""
        values = list(row)
        for at, read in self.readers:
            values[at] = read(values[at])
        return values


@cache
def _shape(model: type[Model], only: Names) -> Shape:
    every = {field.attname: field for field in model._meta.concrete_fields}  # noqa: SLF001
    fields = [every[name] for name in only or every]
    readers = [
        (at, _reader(field, convert))
        for at, field in enumerate(fields)
        for convert in field.get_db_converters(connection)
    ]
    return Shape([f.attname for f in fields], [f'"{f.column}"' for f in fields], readers)


def _reader(field: Any, convert: Callable[..., Any]) -> Callable[[Any], Any]:
    if isinstance(field, JSONField):
        return _shared if field.name in _SHARED else json.loads
    expression = field.cached_col
    return lambda value: convert(value, expression, connection)


@lru_cache(maxsize=20_000)
def _shared(text: str) -> Any:
    return json.loads(text)
