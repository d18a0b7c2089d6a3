"""Lists of products: who sees what, filters, search, order."""

from collections.abc import Callable
from decimal import Decimal
from typing import Any

import graphene
from django.contrib.postgres.search import SearchQuery, SearchRank
from django.db.models import BigIntegerField, Exists, F, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Cast, Coalesce
from django.utils import timezone
from graphql import GraphQLError

from marketplace.embedded import ids, models, money
from marketplace.embedded.channel_scope import (
    CATALOGUE_READERS,
    channel_by_slug,
    default_channel_slug,
    in_channel,
)
from marketplace.embedded.schema.base import Info, context_of, list_of
from marketplace.embedded.schema.connection import paginate
from marketplace.embedded.schema.enums import OrderDirection, string_enum
from marketplace.embedded.schema.filters import (
    ContainsFilterInput,
    DateTimeFilterInput,
    DateTimeRangeInput,
    DecimalFilterInput,
    GlobalIDFilterInput,
    MetadataFilter,
    PriceRangeInput,
    StringFilterInput,
    by_global_id,
    by_ids,
    by_metadata,
    by_range,
    by_text,
)
from marketplace.embedded.texts import fold

Products = QuerySet[models.Product]
Condition = Callable[[Any, models.Channel | None], Q | Exists]
StockAvailability = string_enum("StockAvailability", "IN_STOCK", "OUT_OF_STOCK")
ProductOrderField = string_enum(
    "ProductOrderField",
    *("NAME", "RANK", "PRICE", "MINIMAL_PRICE", "LAST_MODIFIED", "DATE", "PUBLISHED_AT"),
    *("LAST_MODIFIED_AT", "RATING", "CREATED_AT"),
)


class AssignedAttributeReferenceInput(graphene.InputObjectType):
    """Which objects an attribute refers to."""

    referenced_ids = graphene.InputField(ContainsFilterInput)
    page_slugs = graphene.InputField(ContainsFilterInput)
    product_slugs = graphene.InputField(ContainsFilterInput)
    product_variant_skus = graphene.InputField(ContainsFilterInput)


class AssignedAttributeValueInput(graphene.InputObjectType):
    """Which values of an attribute."""

    slug = graphene.InputField(StringFilterInput)
    name = graphene.InputField(StringFilterInput)
    numeric = graphene.InputField(DecimalFilterInput)
    date_time = graphene.InputField(DateTimeRangeInput)
    boolean = graphene.Boolean()
    reference = graphene.InputField(AssignedAttributeReferenceInput)


class AttributeInput(graphene.InputObjectType):
    """An attribute by slug, and which values of it."""

    slug = graphene.String()
    value = graphene.InputField(AssignedAttributeValueInput)
    values = list_of(graphene.String)
    boolean = graphene.Boolean()


class ProductWhereInput(graphene.InputObjectType):
    """Which products."""

    metadata = list_of(MetadataFilter)
    ids = list_of(graphene.ID)
    name = graphene.InputField(StringFilterInput)
    slug = graphene.InputField(StringFilterInput)
    product_type = graphene.InputField(GlobalIDFilterInput)
    category = graphene.InputField(GlobalIDFilterInput)
    collection = graphene.InputField(GlobalIDFilterInput)
    is_available = graphene.Boolean()
    is_published = graphene.Boolean()
    is_visible_in_listing = graphene.Boolean()
    has_category = graphene.Boolean()
    price = graphene.InputField(DecimalFilterInput)
    minimal_price = graphene.InputField(DecimalFilterInput)
    attributes = list_of(AttributeInput)
    stock_availability = StockAvailability()
    updated_at = graphene.InputField(DateTimeFilterInput)
    and_ = list_of(lambda: ProductWhereInput, name="AND")
    or_ = list_of(lambda: ProductWhereInput, name="OR")


class ProductFilterInput(graphene.InputObjectType):
    """Which products (the older input)."""

    is_published = graphene.Boolean()
    collections = list_of(graphene.ID)
    categories = list_of(graphene.ID)
    has_category = graphene.Boolean()
    attributes = list_of(AttributeInput)
    stock_availability = StockAvailability()
    search = graphene.String()
    metadata = list_of(MetadataFilter)
    is_available = graphene.Boolean()
    is_visible_in_listing = graphene.Boolean()
    price = graphene.InputField(PriceRangeInput)
    minimal_price = graphene.InputField(PriceRangeInput)
    updated_at = graphene.InputField(DateTimeRangeInput)
    product_types = list_of(graphene.ID)
    ids = list_of(graphene.ID)
    slugs = list_of(graphene.String)


class ProductOrder(graphene.InputObjectType):
    """In which order."""

    direction = OrderDirection(required=True)
    channel = graphene.String()
    field = ProductOrderField()


def visible_products(info: Info, channel: str | None) -> Products:
    """Return the products the caller may see.

    Catalogue staff and Apps: all, or those listed in the channel. Others: those published in
    the active channel with a price there.
    """
    context = context_of(info)
    rows: Products = models.Product.objects.all()
    row = channel_by_slug(context, channel)
    if context.may(*CATALOGUE_READERS):
        if channel is None:
            return rows
        listed = models.ProductChannelListing.objects.filter(product=OuterRef("pk"), channel=row)
        return rows.filter(Exists(listed)) if row else rows.none()
    if row is None or not row.is_active:
        return rows.none()
    return rows.filter(_published(row), _priced(row))


def _published(channel: models.Channel) -> Exists:
    listed = models.ProductChannelListing.objects.filter(
        Q(published_at__isnull=True) | Q(published_at__lte=timezone.now()),
        product=OuterRef("pk"),
        channel=channel,
        is_published=True,
    )
    return Exists(listed)


def _priced(channel: models.Channel) -> Exists:
    prices = models.ProductVariantChannelListing.objects.filter(
        variant__product=OuterRef("pk"), channel=channel, price_minor__isnull=False
    )
    return Exists(prices)


def _listed(**conditions: Any) -> Exists:
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
    listed = _listed(channel=_needs(channel), available_for_purchase_at__lte=timezone.now())
    return listed if value else Q(~listed)


def _contains(path: str, value: dict[str, Any] | None) -> list[Q]:
    """Return conditions that must each hold for some assigned value."""
    if not value:
        return []
    conditions = [Q(**{path: each}) for each in value.get("contains_all") or []]
    if value.get("contains_any"):
        conditions.append(Q(**{f"{path}__in": value["contains_any"]}))
    return conditions


_REFERENCES = (
    ("page_slugs", "value__reference_page__slug"),
    ("product_slugs", "value__reference_product__slug"),
    ("product_variant_skus", "value__reference_variant__sku"),
)
_REFERENCED_TYPES = {
    "Page": "value__reference_page",
    "Product": "value__reference_product",
    "ProductVariant": "value__reference_variant",
}


def _referenced(global_id: str) -> Q:
    decoded = ids.from_global_id(global_id)
    path = _REFERENCED_TYPES.get(decoded.type_name) if decoded else None
    return Q(**{path: decoded.pk}) if decoded and path else Q(pk__in=[])


def _attribute_conditions(item: dict[str, Any]) -> list[Q]:
    """Return conditions on assigned values, each of which some value must meet."""
    conditions = []
    if item.get("values"):
        conditions.append(Q(value__slug__in=item["values"]))
    value = item.get("value") or {}
    answer = item.get("boolean") if item.get("boolean") is not None else value.get("boolean")
    if answer is not None:
        conditions.append(Q(value__boolean=answer))
    plain = [name for name in ("slug", "name", "numeric") if value.get(name)]
    conditions += [by_text(f"value__{name}", value[name]) for name in plain]
    if value.get("date_time"):
        conditions.append(by_range("value__date_time", value["date_time"]))
    reference = value.get("reference") or {}
    for name, path in _REFERENCES:
        conditions += _contains(path, reference.get(name))
    named = reference.get("referenced_ids") or {}
    conditions += [_referenced(each) for each in named.get("contains_all") or []]
    if named.get("contains_any"):
        either = Q(pk__in=[])
        for each in named["contains_any"]:
            either |= _referenced(each)
        conditions.append(either)
    return conditions


def _by_attributes(value: Any, _channel: models.Channel | None) -> Q:
    found = Q()
    for item in value:
        of_attribute = Q(value__attribute__slug=item["slug"]) if item.get("slug") else Q()
        for condition in _attribute_conditions(item) or [Q()]:
            on_product = models.AssignedProductValue.objects.filter(
                of_attribute, condition, product=OuterRef("pk")
            )
            on_variant = models.AssignedVariantValue.objects.filter(
                of_attribute, condition, variant__product=OuterRef("pk")
            )
            found &= Q(Exists(on_product)) | Q(Exists(on_variant))
    return found


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
    "is_published": lambda value, channel: _listed(channel=_needs(channel), is_published=value),
    "is_visible_in_listing": lambda value, channel: _listed(
        channel=_needs(channel), visible_in_listings=value
    ),
    "is_available": _by_availability,
    "price": _by_price,
    "minimal_price": _by_minimal_price,
    "attributes": _by_attributes,
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


def _search(rows: Products, text: str) -> Products:
    words = ["".join(char for char in word if char.isalnum()) for word in fold(text).split()]
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
        rows = rows.filter(_listed(channel=row, visible_in_listings=True))
    wanted = {**(filter or {}), **(where or {})}
    rows = rows.filter(condition_of(wanted, row))
    text = search if search is not None else wanted.get("search")
    if text:
        rows = _search(rows, text)
    rows, order = _ordered(rows, sort_by, row, searched=bool(text))
    found = paginate(info, rows, order, **page)
    for edge in found["edges"]:
        in_channel(edge["node"], slug)
    return found
