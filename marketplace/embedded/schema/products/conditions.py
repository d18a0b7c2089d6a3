"""Translating the filters of products into conditions of the ORM."""

from collections.abc import Callable
from decimal import Decimal
from typing import Any

from django.db.models import Exists, F, OuterRef, Q
from django.utils import timezone
from graphql import GraphQLError

from marketplace.embedded import ids, models, money
from marketplace.embedded.schema.filters import by_global_id, by_ids, by_metadata, by_range, by_text
from marketplace.embedded.schema.products.attribute_conditions import by_attributes

Condition = Callable[[Any, models.Channel | None], Q | Exists]


def listed(**conditions: Any) -> Exists:
    """Return the condition that a product has a listing that meets `conditions`."""
    rows = models.ProductChannelListing.objects.filter(product=OuterRef("pk"), **conditions)
    return Exists(rows)


def _needs(channel: models.Channel | None) -> models.Channel:
    if channel is None:
        raise GraphQLError("Filtering by this field needs the `channel` argument.")
    return channel


def _minor_range(value: dict[str, Any], currency: str) -> dict[str, Any]:
    span = value.get("range") or value
    return {
        bound: money.to_minor(Decimal(str(span[bound])), currency)
        for bound in ("gte", "lte")
        if span.get(bound) is not None
    }


def _by_price(value: Any, channel: models.Channel | None) -> Exists:
    channel = _needs(channel)
    span = by_range("price_minor", _minor_range(value, channel.currency_code))
    rows = models.ProductVariantChannelListing.objects.filter(
        span, variant__product=OuterRef("pk"), channel=channel, price_minor__isnull=False
    )
    return Exists(rows)


def _by_minimal_price(value: Any, channel: models.Channel | None) -> Exists:
    channel = _needs(channel)
    span = by_range("lowest_price_minor", _minor_range(value, channel.currency_code))
    rows = models.ProductChannelListing.objects.filter(
        span, product=OuterRef("pk"), channel=channel, lowest_price_minor__isnull=False
    )
    return Exists(rows)


def _by_stock(value: Any, channel: models.Channel | None) -> Q | Exists:
    rows = models.Stock.objects.filter(
        variant__product=OuterRef("pk"), quantity__gt=F("quantity_allocated")
    )
    if channel is not None:
        rows = rows.filter(warehouse__channel_links__channel=channel)
    return Exists(rows) if value == "IN_STOCK" else Q(~Exists(rows))


def _by_availability(value: Any, channel: models.Channel | None) -> Q | Exists:
    sold = listed(channel=_needs(channel), available_for_purchase_at__lte=timezone.now())
    return sold if value else Q(~sold)


def _descendants(global_ids: list[str]) -> list[int]:
    level = [int(pk) for pk in ids.pks(global_ids, "Category")]
    found = list(level)
    while level:
        rows = models.Category.objects.filter(parent_id__in=level)
        level = list(rows.values_list("pk", flat=True))
        found += level
    return found


def _ids_in(value: dict[str, Any]) -> list[str]:
    return [value["eq"]] if value.get("eq") else value.get("one_of") or []


_CONDITIONS: dict[str, Condition] = {
    "metadata": lambda value, _: by_metadata(value),
    "ids": lambda value, _: by_ids("pk", "Product", value),
    "slugs": lambda value, _: Q(slug__in=value),
    "name": lambda value, _: by_text("name", value),
    "slug": lambda value, _: by_text("slug", value),
    "product_type": lambda value, _: by_global_id("product_type", "ProductType", value),
    "product_types": lambda value, _: by_ids("product_type", "ProductType", value),
    "category": lambda value, _: Q(category__in=_descendants(_ids_in(value))),
    "categories": lambda value, _: Q(category__in=_descendants(value)),
    "collection": lambda value, _: by_global_id("collections", "Collection", value),
    "collections": lambda value, _: by_ids("collections", "Collection", value),
    "has_category": lambda value, _: Q(category__isnull=not value),
    "is_published": lambda value, channel: listed(channel=_needs(channel), is_published=value),
    "is_visible_in_listing": lambda value, channel: listed(
        channel=_needs(channel), visible_in_listings=value
    ),
    "is_available": _by_availability,
    "price": _by_price,
    "minimal_price": _by_minimal_price,
    "attributes": by_attributes,
    "stock_availability": _by_stock,
    "updated_at": lambda value, _: by_text("updated_at", value) & by_range("updated_at", value),
}


def condition_of(wanted: dict[str, Any], channel: models.Channel | None) -> Q:
    """Translate a ProductWhereInput or ProductFilterInput."""
    found = Q()
    for name, value in wanted.items():
        if value is not None and name in _CONDITIONS:
            found &= Q(_CONDITIONS[name](value, channel))
    for each in wanted.get("and_") or []:
        found &= condition_of(each, channel)
    either = Q()
    for each in wanted.get("or_") or []:
        either |= condition_of(each, channel)
    return found & either
