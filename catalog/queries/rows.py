"""Rows of the read model, as pages show them, by SQL that is composed once."""

import json
from collections.abc import Callable, Sequence
from functools import cache, lru_cache
from typing import Any, NamedTuple
from uuid import UUID

from django.db import connection
from django.db.models import JSONField, Model
from django.db.models.base import ModelState

from catalog.models import ListingOffer, ListingPage

_SOLD = """
    SELECT {columns} FROM catalog_listingpage page
    JOIN catalog_listingoffer offer ON offer.page_id = page.listing_id
    WHERE {which} AND page.is_published AND offer.channel_slug = %s
    ORDER BY offer.position, offer.id
"""
_BY_ID, _BY_SLUG = "page.listing_id = ANY(%s::uuid[])", "page.slug = %s"
_OF_COOPERATIVE = """
    SELECT listing_id FROM catalog_listingpage page
    WHERE cooperative_slug = %s AND listing_id IS DISTINCT FROM %s AND is_published AND EXISTS (
        SELECT FROM catalog_listingoffer offer
        WHERE offer.page_id = page.listing_id AND offer.channel_slug = %s)
    ORDER BY published_at DESC, listing_id LIMIT %s
"""
# One of each category is enough to know: counting them all takes as long as the shop is large.
_FILLED = """
    SELECT category FROM unnest(%s::text[]) category CROSS JOIN LATERAL (
        SELECT FROM catalog_listingpage page
        JOIN catalog_listingoffer offer ON offer.page_id = page.listing_id
        WHERE page.category_slug = category AND page.is_published AND offer.channel_slug = %s
        LIMIT 1) found
"""
_PAGE_OF_OFFER = ListingOffer._meta.get_field("page")  # noqa: SLF001
# Many listings have the same in these. The values are shared: nobody may change them.
_SHARED = {"cooperative_names", "place_names"}
Names = tuple[str, ...]
# Fields of the read model that no page shows.
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

    Like ``catalog.queries.shop.listing_pages``, without the fields that no page shows: these are
    read when they are asked for.
    """
    return _pages(_BY_ID, array_of(ids), channel)


def sold_by_slug(slug: str, channel: str) -> ListingPage | None:
    """As ``sold_by_id``, one listing by its slug."""
    return next(iter(_pages(_BY_SLUG, slug, channel).values()), None)


def newest_sold(
    cooperative: str, channel: str, n: int, *, without: UUID | None = None
) -> list[ListingPage]:
    """As ``sold_by_id``, the newest ``n`` listings of a cooperative (its slug)."""
    ids = [row[0] for row in fetched(_OF_COOPERATIVE, [cooperative, without, channel, n])]
    found = sold_by_id(ids, channel)
    return [found[listing_id] for listing_id in ids if listing_id in found]


def filled_categories(categories: Sequence[str], channel: str) -> set[str]:
    """Those of the categories (slugs) in which a channel sells a published listing."""
    return {row[0] for row in fetched(_FILLED, [list(categories), channel])}


def _pages(which: str, value: str, channel: str) -> dict[UUID, ListingPage]:
    of_page, of_offer = shape_of(ListingPage, _shown()), shape_of(ListingOffer, ())
    at = len(of_page.columns)
    found: dict[UUID, ListingPage] = {}
    for row in fetched(_sold(which), [value, channel]):
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


def array_of(ids: Sequence[UUID]) -> str:
    """Ids as PostgreSQL reads an array: one text is faster than a list."""
    return "{" + ",".join(map(str, ids)) + "}"


def fetched(sql: str, values: list[Any]) -> list[Any]:
    """All rows of a query."""
    with connection.cursor() as cursor:
        cursor.execute(sql, values)
        found: list[Any] = cursor.fetchall()
    return found


@cache
def _sold(which: str) -> str:
    columns = [f"page.{column}" for column in shape_of(ListingPage, _shown()).columns]
    columns += [f"offer.{column}" for column in shape_of(ListingOffer, ()).columns]
    return _SOLD.format(columns=", ".join(columns), which=which)


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
def shape_of(model: type[Model], only: Names) -> Shape:
    """The fields of a model that are named, or all, and how their columns are read."""
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
