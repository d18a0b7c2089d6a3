"""Rows of the read model, for pages of hits and for documents: the same query, made once."""

from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from functools import cache
from typing import Any
from uuid import UUID

from django.db import connection
from django.db.models import Model

from catalog.models import ListingOffer, ListingPage
from search.documents import Offered

_PAGES = "SELECT {columns} FROM catalog_listingpage WHERE listing_id = ANY(%s) AND is_published"
_OFFERS = (
    "SELECT {columns} FROM catalog_listingoffer WHERE page_id = ANY(%s) AND channel_slug = %s"
    " ORDER BY id"
)
_PRICES = """
    SELECT page_id, channel_slug, amount_minor, available FROM catalog_listingoffer
    WHERE page_id = ANY(%s) ORDER BY id
"""
# What search documents are made of.
DOCUMENT_FIELDS = (
    "listing_id",
    "cooperative_slug",
    "cooperative_names",
    "region_code",
    "place_names",
    "sector",
    "kind",
    "category_slug",
    "taxonomy_slug",
    "materials",
    "quality_marks",
    "net_quantity",
    "names",
    "descriptions",
    "media",
    "published_at",
)
Names = tuple[str, ...]
Shape = tuple[list[str], str, list[tuple[int, Callable[[Any], Any]]]]


def listings_by_id(ids: Sequence[UUID], only: Names = ()) -> dict[UUID, ListingPage]:
    """The published ones among listings; with just some fields if only they are needed."""
    pages: Iterator[Any] = _rows(ListingPage, only, _PAGES, [list(ids)])
    return {page.listing_id: page for page in pages}


def offers_of(ids: Sequence[UUID], channel: str) -> Iterator[ListingOffer]:
    """What a channel asks for listings."""
    return _rows(ListingOffer, (), _OFFERS, [list(ids), channel])


def prices_by_listing(ids: Sequence[UUID]) -> dict[UUID, list[Offered]]:
    """All offers of listings."""
    found: defaultdict[UUID, list[Offered]] = defaultdict(list)
    with connection.cursor() as cursor:
        cursor.execute(_PRICES, [list(ids)])
        for key, channel, amount, available in cursor.fetchall():
            found[key].append((channel, amount, available))
    return found


def _rows(model: type[Model], only: Names, sql: str, values: list[Any]) -> Iterator[Any]:
    names, columns, readers = _shape(model, only)
    with connection.cursor() as cursor:
        cursor.execute(sql.format(columns=columns), values)
        found = cursor.fetchall()
    for row in found:
        made = list(row)
        for at, read in readers:
            made[at] = read(made[at])
        yield model.from_db("default", names, made)


@cache
def _shape(model: type[Model], only: Names) -> Shape:
    """Names, columns, and how those fields are read that do not come as they are."""
    every = model._meta.concrete_fields  # noqa: SLF001 -- Django calls it so
    fields = [field for field in every if not only or field.attname in only]
    columns = ", ".join(f'"{field.column}"' for field in fields)
    readers = [
        (at, _reader(field, convert))
        for at, field in enumerate(fields)
        for convert in field.get_db_converters(connection)
    ]
    return [field.attname for field in fields], columns, readers


def _reader(field: Any, convert: Callable[..., Any]) -> Callable[[Any], Any]:
    expression = field.cached_col
    return lambda value: convert(value, expression, connection)
