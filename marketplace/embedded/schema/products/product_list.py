"""Pages of products: filtered, searched and sorted."""

from typing import Any

from django.contrib.postgres.search import SearchQuery, SearchRank
from django.db.models import BigIntegerField, F, OuterRef, Subquery
from django.db.models.functions import Cast, Coalesce
from graphql import GraphQLError

from marketplace.embedded import models
from marketplace.embedded.channel_scope import (
    CATALOGUE_READERS,
    channel_by_slug,
    default_channel_slug,
    in_channel,
)
from marketplace.embedded.schema.base import Info, context_of
from marketplace.embedded.schema.connection import paginate
from marketplace.embedded.schema.products.conditions import condition_of, listed
from marketplace.embedded.schema.products.visibility import Products, visible_products
from marketplace.embedded.texts import normalize


def _search(rows: Products, text: str) -> Products:
    words = ["".join(char for char in word if char.isalnum()) for word in normalize(text).split()]
    raw = " & ".join(f"{word}:*" for word in words if word)
    if not raw:
        return rows.none()
    query = SearchQuery(raw, config="simple", search_type="raw")
    rank = Cast(SearchRank(F("search_vector"), query) * 1_000_000, BigIntegerField())
    return rows.filter(search_vector=query).annotate(rank=rank)


def _listing_value(name: str, channel: models.Channel | None) -> Subquery:
    rows = models.ProductChannelListing.objects.filter(product=OuterRef("pk"), channel=channel)
    return Subquery(rows.values(name)[:1])


def _ordered(
    rows: Products, sort: dict[str, Any] | None, channel: models.Channel | None, *, searched: bool
) -> tuple[Products, list[tuple[str, bool]]]:
    field = (sort or {}).get("field") or ("RANK" if searched else None)
    down = (sort or {}).get("direction") == "DESC"
    if field in {"PRICE", "MINIMAL_PRICE"}:
        lowest = Coalesce(_listing_value("lowest_price_minor", channel), 0)
        return rows.annotate(order_price=lowest), [("order_price", down)]
    if field == "PUBLISHED_AT":
        since = Coalesce(_listing_value("published_at", channel), F("created_at"))
        return rows.annotate(order_published=since), [("order_published", down)]
    if field == "RATING":
        return rows.annotate(order_rating=Coalesce(F("rating"), 0.0)), [("order_rating", down)]
    if field == "RANK":
        if not searched:
            raise GraphQLError("Sorting by RANK needs the `search` argument.")
        return rows, [("rank", down if sort else True)]
    paths = {"NAME": "name", "CREATED_AT": "created_at"}
    if field is None:
        return rows, [("slug", down)]
    return rows, [(paths.get(field, "updated_at"), down)]


def page_of_products(
    info: Info,
    *,
    channel: str | None = None,
    filter: dict[str, Any] | None = None,
    where: dict[str, Any] | None = None,
    search: str | None = None,
    sort_by: dict[str, Any] | None = None,
    **page: Any,
) -> Any:
    """Return a page of the products the caller may see, in a channel."""
    if filter and where:
        raise GraphQLError("Only one filtering argument (filter or where) can be specified.")
    context = context_of(info)
    slug = default_channel_slug(context, channel)
    row = channel_by_slug(context, slug)
    rows = visible_products(info, slug)
    if not context.may(*CATALOGUE_READERS):
        rows = rows.filter(listed(channel=row, visible_in_listings=True))
    wanted = {**(filter or {}), **(where or {})}
    rows = rows.filter(condition_of(wanted, row))
    text = search if search is not None else wanted.get("search")
    if text:
        rows = _search(rows, text)
    rows, order = _ordered(rows, sort_by, row, searched=bool(text))
    found = paginate(info, rows, order, **page)
    for edge in found.edges:
        in_channel(edge.node, slug)
    return found
