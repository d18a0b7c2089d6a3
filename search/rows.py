"""Rows of the read model, for pages of hits and for documents: the same query, made once."""

import json
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from functools import cache, lru_cache
from typing import Any
from uuid import UUID

from django.db import connection
from django.db.models import JSONField, Model

from catalog.models import ListingOffer, ListingPage
from search.documents import Offered, PageFacts

_PAGES = """
    SELECT {columns} FROM catalog_listingpage WHERE listing_id = ANY(%s::uuid[]) AND is_published
"""
_OFFERS = """
    SELECT {columns} FROM catalog_listingoffer
    WHERE page_id = ANY(%s::uuid[]) AND channel_slug = %s ORDER BY id
"""
_PRICES = """
    SELECT page_id, channel_slug, amount_minor, available FROM catalog_listingoffer
    WHERE page_id = ANY(%s::uuid[]) ORDER BY id
"""
_SALES = """
    SELECT listing_id, market, quantity FROM search_listingsales
    WHERE listing_id = ANY(%s::uuid[])
"""
# Many listings say the same in these. Whoever reads them changes nothing in them.
_REPEATED = {"cooperative_names", "place_names"}
Names = tuple[str, ...]
# What the read model keeps for itself: whoever shows a hit does without.
_OWN = {
    "programme_id",
    "is_listed",
    "quantity_on_hand",
    "published_at",
    "updated_at",
    "engine_updated_at",
    "content_hash",
    "seen_at",
}
Shape = tuple[list[str], str, list[tuple[int, Callable[[Any], Any]]]]


def listings_by_id(ids: Sequence[UUID]) -> dict[UUID, ListingPage]:
    """The published ones among listings."""
    pages: Iterator[Any] = _models(ListingPage, _shown(), _PAGES, [_array(ids)])
    return {page.listing_id: page for page in pages}


def facts_of(ids: Sequence[UUID]) -> list[PageFacts]:
    """What the documents of the published ones among listings are made of, by their ids."""
    rows = _rows(ListingPage, PageFacts._fields, _PAGES, [_array(ids)])
    return sorted(map(PageFacts._make, rows), key=lambda page: page.listing_id)


def offers_of(ids: Sequence[UUID], channel: str) -> Iterator[ListingOffer]:
    """What a channel asks for listings."""
    return _models(ListingOffer, (), _OFFERS, [_array(ids), channel])


def prices_by_listing(ids: Sequence[UUID]) -> dict[UUID, list[Offered]]:
    """All offers of listings."""
    found: defaultdict[UUID, list[Offered]] = defaultdict(list)
    with connection.cursor() as cursor:
        cursor.execute(_PRICES, [_array(ids)])
        for key, channel, amount, available in cursor.fetchall():
            found[key].append((channel, amount, available))
    return found


def sales_of(ids: Sequence[UUID]) -> list[tuple[UUID, str, int]]:
    """How many pieces of listings were sold in each market."""
    with connection.cursor() as cursor:
        cursor.execute(_SALES, [_array(ids)])
        found: list[tuple[UUID, str, int]] = cursor.fetchall()
    return found


def _array(ids: Sequence[UUID]) -> str:
    """Many ids as the database reads them: as one text, which is made sooner than a list."""
    return "{" + ",".join(map(str, ids)) + "}"


@cache
def _shown() -> Names:
    fields = ListingPage._meta.concrete_fields  # noqa: SLF001
    return tuple(field.attname for field in fields if field.attname not in _OWN)


def _models(model: type[Model], only: Names, sql: str, values: list[Any]) -> Iterator[Any]:
    names, _columns, _readers = _shape(model, only)
    for row in _rows(model, only, sql, values):
        yield model.from_db("default", names, row)


def _rows(model: type[Model], only: Names, sql: str, values: list[Any]) -> Iterator[list[Any]]:
    _names, columns, readers = _shape(model, only)
    with connection.cursor() as cursor:
        cursor.execute(sql.format(columns=columns), values)
        found = cursor.fetchall()
    for row in found:
        made = list(row)
        for at, read in readers:
            made[at] = read(made[at])
        yield made


@cache
def _shape(model: type[Model], only: Names) -> Shape:
    """Names, columns, and how those fields are read that do not come as they are."""
    every = {field.attname: field for field in model._meta.concrete_fields}  # noqa: SLF001
    fields = [every[name] for name in only or every]
    columns = ", ".join(f'"{field.column}"' for field in fields)
    readers = [
        (at, _reader(field, convert))
        for at, field in enumerate(fields)
        for convert in field.get_db_converters(connection)
    ]
    return [field.attname for field in fields], columns, readers


def _reader(field: Any, convert: Callable[..., Any]) -> Callable[[Any], Any]:
    if isinstance(field, JSONField):
        return _repeated if field.name in _REPEATED else json.loads
    expression = field.cached_col
    return lambda value: convert(value, expression, connection)


@lru_cache(maxsize=20_000)
def _repeated(text: str) -> Any:
    return json.loads(text)
