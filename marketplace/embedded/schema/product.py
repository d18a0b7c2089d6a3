"""Products, variants and what belongs to them, as the API shows them."""

from typing import Any

import graphene
from django.utils import timezone

from marketplace.embedded import ids, media, models, money, weights
from marketplace.embedded.availability import available_by_variant
from marketplace.embedded.channel_scope import (
    CATALOGUE_READERS,
    channel_by_slug,
    channel_slug_of,
    in_channel,
    listing_of,
)
from marketplace.embedded.models.base import related_many, related_one
from marketplace.embedded.schema.address import AddressInput
from marketplace.embedded.schema.attribute import (
    Attribute,
    AttributeFields,
    ObjectWithAttributes,
    SelectedAttribute,
)
from marketplace.embedded.schema.base import (
    Info,
    ModelType,
    Node,
    ObjectWithMetadata,
    context_of,
    list_of,
)
from marketplace.embedded.schema.category import Category, Collection
from marketplace.embedded.schema.channel import Channel
from marketplace.embedded.schema.connection import connection_field, paginate_list
from marketplace.embedded.schema.enums import CountryCode, ThumbnailFormatEnum, string_enum
from marketplace.embedded.schema.languages import (
    LanguageDisplay,
    Translated,
    TranslationType,
    translation_field,
)
from marketplace.embedded.schema.money import Money, TaxedMoney, Weight
from marketplace.embedded.schema.scalars import JSONString
from marketplace.embedded.schema.warehouse import Stock

ProductTypeKindEnum = string_enum("ProductTypeKindEnum", "NORMAL", "GIFT_CARD")
ProductMediaType = string_enum("ProductMediaType", "IMAGE", "VIDEO")
VariantAttributeScope = string_enum(
    "VariantAttributeScope", "ALL", "VARIANT_SELECTION", "NOT_VARIANT_SELECTION"
)
_picture = {
    "size": graphene.Int(),
    "format": graphene.Argument(ThumbnailFormatEnum, default_value="ORIGINAL"),
}


class Image(graphene.ObjectType):
    """A picture by address."""

    url = graphene.String(required=True)
    alt = graphene.String()


class ProductType(ModelType):
    """What products of a kind have in common."""

    class Meta:
        model = models.ProductType
        interfaces = (Node, ObjectWithMetadata)

    name = graphene.String(required=True)
    slug = graphene.String(required=True)
    has_variants = graphene.Boolean(required=True)
    is_shipping_required = graphene.Boolean(required=True)
    is_digital = graphene.Boolean(required=True)
    weight = graphene.Field(Weight)
    kind = ProductTypeKindEnum(required=True)
    product_attributes = list_of(Attribute)
    variant_attributes = list_of(Attribute)

    @staticmethod
    def resolve_weight(root: models.ProductType, _info: Info) -> Any:
        return weights.shown(root.weight_grams)

    @staticmethod
    def resolve_product_attributes(root: models.ProductType, _info: Info) -> list[Any]:
        return [related_one(link, "attribute") for link in related_many(root, "attribute_links")]

    @staticmethod
    def resolve_variant_attributes(root: models.ProductType, _info: Info) -> list[Any]:
        links = related_many(root, "variant_attribute_links")
        return [related_one(link, "attribute") for link in links]


class TaxedMoneyRange(graphene.ObjectType):
    """The lowest and the highest price."""

    start = graphene.Field(TaxedMoney)
    stop = graphene.Field(TaxedMoney)


class VariantPricingInfo(graphene.ObjectType):
    """A variant's price in a channel, before taxes of an App."""

    on_sale = graphene.Boolean()
    price = graphene.Field(TaxedMoney)
    price_undiscounted = graphene.Field(TaxedMoney)


class ProductPricingInfo(graphene.ObjectType):
    """A product's prices in a channel, before taxes of an App."""

    on_sale = graphene.Boolean()
    display_gross_prices = graphene.Boolean(required=True)
    price_range = graphene.Field(TaxedMoneyRange)
    price_range_undiscounted = graphene.Field(TaxedMoneyRange)


def _untaxed(listing: Any) -> money.TaxedMoney | None:
    if listing is None or listing.price_minor is None:
        return None
    amount = money.Money(listing.price_minor, listing.currency)
    return money.TaxedMoney(net=amount, gross=amount)


def _money(minor: int | None, currency: str) -> money.Money | None:
    return None if minor is None else money.Money(minor, currency)


class ProductMedia(ModelType):
    """A picture of a product."""

    class Meta:
        model = models.ProductMedia
        interfaces = (Node, ObjectWithMetadata)

    sort_order = graphene.Int()
    alt = graphene.String(required=True)
    type = ProductMediaType(required=True)
    url = graphene.String(required=True, **_picture)
    product_id = graphene.ID()

    @staticmethod
    def resolve_url(
        root: models.ProductMedia, info: Info, size: int | None = None, **_format: Any
    ) -> str:
        return _media_url(root, info, size)

    @staticmethod
    def resolve_product_id(root: models.ProductMedia, _info: Info) -> str:
        return ids.to_global_id("Product", root.product_id)


def _media_url(row: models.ProductMedia, info: Info, size: int | None) -> str:
    return row.external_url or media.url_of(context_of(info), row.image, size)


class ProductChannelListing(ModelType):
    """How a product shows in a channel."""

    class Meta:
        model = models.ProductChannelListing
        interfaces = (Node,)

    published_at = graphene.DateTime()
    is_published = graphene.Boolean(required=True)
    channel = graphene.Field(Channel, required=True)
    visible_in_listings = graphene.Boolean(required=True)
    available_for_purchase_at = graphene.DateTime()
    discounted_price = graphene.Field(Money)
    is_available_for_purchase = graphene.Boolean()

    @staticmethod
    def resolve_channel(root: models.ProductChannelListing, _info: Info) -> Any:
        return related_one(root, "channel")

    @staticmethod
    def resolve_discounted_price(root: models.ProductChannelListing, _info: Info) -> Any:
        return _money(root.lowest_price_minor, root.currency)

    @staticmethod
    def resolve_is_available_for_purchase(root: models.ProductChannelListing, _info: Info) -> bool:
        return is_purchasable(root)


def is_purchasable(listing: models.ProductChannelListing | None) -> bool:
    """Tell whether a listing's product may be bought now."""
    since = listing.available_for_purchase_at if listing else None
    return since is not None and since <= timezone.now()


class ProductVariantChannelListing(ModelType):
    """A variant's price in a channel."""

    class Meta:
        model = models.ProductVariantChannelListing
        interfaces = (Node,)

    channel = graphene.Field(Channel, required=True)
    price = graphene.Field(Money)
    cost_price = graphene.Field(Money)
    prior_price = graphene.Field(Money)

    @staticmethod
    def resolve_channel(root: models.ProductVariantChannelListing, _info: Info) -> Any:
        return related_one(root, "channel")

    @staticmethod
    def resolve_price(root: models.ProductVariantChannelListing, _info: Info) -> Any:
        return _money(root.price_minor, root.currency)

    @staticmethod
    def resolve_cost_price(root: models.ProductVariantChannelListing, info: Info) -> Any:
        context_of(info).require("MANAGE_PRODUCTS")
        return _money(root.cost_price_minor, root.currency)

    @staticmethod
    def resolve_prior_price(root: models.ProductVariantChannelListing, _info: Info) -> Any:
        return _money(root.prior_price_minor, root.currency)


class ProductVariantTranslation(TranslationType, ModelType):
    """A variant's name in a language."""

    class Meta:
        model = models.ProductVariantTranslation
        interfaces = (Node,)

    language = graphene.Field(LanguageDisplay, required=True)
    name = graphene.String(required=True)

    @staticmethod
    def resolve_name(root: models.ProductVariantTranslation, _info: Info) -> str:
        return root.name or ""


def units_available(variant: models.ProductVariant, info: Info, country: str | None) -> int:
    """Return the units of a variant that can be bought, computed for all its peers at once."""
    context = context_of(info)
    slug = channel_slug_of(variant)
    key = ("available", slug, country, variant.pk)
    if key not in context.cache:
        peers = [each.pk for each in variant.__dict__.get("_peers") or [variant]]
        channel = channel_by_slug(context, slug)
        found = available_by_variant(peers, channel=channel, country=country)
        for pk, units in found.items():
            context.cache["available", slug, country, pk] = units
    return int(context.cache[key])


class ProductVariant(Translated, AttributeFields, ModelType):
    """What is bought."""

    class Meta:
        model = models.ProductVariant
        interfaces = (Node, ObjectWithMetadata, ObjectWithAttributes)

    name = graphene.String(required=True)
    sku = graphene.String()
    product = graphene.Field(lambda: Product, required=True)
    track_inventory = graphene.Boolean(required=True)
    quantity_limit_per_customer = graphene.Int()
    weight = graphene.Field(Weight)
    channel = graphene.String()
    channel_listings = list_of(ProductVariantChannelListing)
    pricing = graphene.Field(VariantPricingInfo, address=AddressInput())
    attributes = list_of(
        SelectedAttribute, required=True, variant_selection=VariantAttributeScope()
    )
    media = list_of(ProductMedia)
    translation = translation_field(ProductVariantTranslation)
    stocks = list_of(Stock, address=AddressInput(), country_code=CountryCode())
    quantity_available = graphene.Int(address=AddressInput(), country_code=CountryCode())
    created = graphene.DateTime(required=True)
    updated_at = graphene.DateTime(required=True)
    external_reference = graphene.String()

    @staticmethod
    def resolve_product(root: models.ProductVariant, _info: Info) -> Any:
        return in_channel(related_one(root, "product"), channel_slug_of(root))

    @staticmethod
    def resolve_weight(root: models.ProductVariant, _info: Info) -> Any:
        return weights.shown(root.weight_grams)

    @staticmethod
    def resolve_channel(root: models.ProductVariant, _info: Info) -> str | None:
        return channel_slug_of(root)

    @staticmethod
    def resolve_channel_listings(root: models.ProductVariant, info: Info) -> list[Any]:
        context_of(info).require_staff_or_app()
        return related_many(root, "channel_listings")

    @staticmethod
    def resolve_pricing(root: models.ProductVariant, _info: Info, **_address: Any) -> Any:
        price = _untaxed(listing_of(root))
        if price is None:
            return None
        return {"on_sale": False, "price": price, "price_undiscounted": price}

    @staticmethod
    def resolve_media(root: models.ProductVariant, _info: Info) -> list[Any]:
        return related_many(root, "media")

    @staticmethod
    def resolve_stocks(root: models.ProductVariant, info: Info, **_place: Any) -> list[Any]:
        context_of(info).require("MANAGE_PRODUCTS", "MANAGE_ORDERS")
        return related_many(root, "stocks")

    @staticmethod
    def resolve_quantity_available(
        root: models.ProductVariant,
        info: Info,
        address: dict[str, Any] | None = None,
        country_code: str | None = None,
    ) -> int:
        limit = _checkout_limit(info)
        if root.quantity_limit_per_customer is not None:
            limit = min(limit, root.quantity_limit_per_customer)
        if not root.track_inventory:
            return limit
        country = (address or {}).get("country") or country_code
        return min(units_available(root, info, country), limit)

    @staticmethod
    def resolve_created(root: models.ProductVariant, _info: Info) -> Any:
        return root.created_at


def _checkout_limit(info: Info) -> int:
    cache = context_of(info).cache
    if "limit" not in cache:
        cache["limit"] = models.Shop.current().limit_quantity_per_checkout or 2**31 - 1
    return int(cache["limit"])


class ProductTranslatableContent(ModelType):
    """A product as something to translate."""

    class Meta:
        interfaces = (Node,)

    product_id = graphene.ID(required=True)
    name = graphene.String(required=True)

    @staticmethod
    def resolve_product_id(root: models.Product, _info: Info) -> str:
        return ids.to_global_id("Product", root.pk)


class ProductTranslation(TranslationType, ModelType):
    """A product's texts in a language."""

    class Meta:
        model = models.ProductTranslation
        interfaces = (Node,)

    language = graphene.Field(LanguageDisplay, required=True)
    seo_title = graphene.String()
    seo_description = graphene.String()
    slug = graphene.String()
    name = graphene.String()
    description = graphene.Field(JSONString)
    translatable_content = graphene.Field(ProductTranslatableContent)

    @staticmethod
    def resolve_translatable_content(
        root: models.ProductTranslation, _info: Info
    ) -> models.Product:
        return root.product


def variants_shown(product: models.Product, info: Info) -> list[models.ProductVariant]:
    """Return the variants the caller may see: all for staff, else those with a price here."""
    slug = channel_slug_of(product)
    found = [in_channel(each, slug) for each in related_many(product, "variants")]
    if context_of(info).may(*CATALOGUE_READERS) and slug is None:
        return found
    return [each for each in found if _untaxed(listing_of(each)) is not None]


class Product(Translated, AttributeFields, ModelType):
    """A product."""

    class Meta:
        model = models.Product
        interfaces = (Node, ObjectWithMetadata, ObjectWithAttributes)

    seo_title = graphene.String()
    seo_description = graphene.String()
    name = graphene.String(required=True)
    description = graphene.Field(JSONString)
    product_type = graphene.Field(ProductType, required=True)
    slug = graphene.String(required=True)
    category = graphene.Field(Category)
    created = graphene.DateTime(required=True)
    updated_at = graphene.DateTime(required=True)
    charge_taxes = graphene.Boolean(required=True)
    weight = graphene.Field(Weight)
    default_variant = graphene.Field(ProductVariant)
    rating = graphene.Float()
    channel = graphene.String()
    thumbnail = graphene.Field(Image, **_picture)
    pricing = graphene.Field(ProductPricingInfo, address=AddressInput())
    is_available = graphene.Boolean(address=AddressInput())
    attribute = graphene.Field(SelectedAttribute, slug=graphene.String(required=True))
    attributes = list_of(SelectedAttribute, required=True)
    channel_listings = list_of(ProductChannelListing)
    media_by_id = graphene.Field(ProductMedia, id=graphene.ID(required=True))
    variant = graphene.Field(ProductVariant, id=graphene.ID(), sku=graphene.String())
    variants = list_of(ProductVariant)
    product_variants = connection_field(ProductVariant)
    media = list_of(ProductMedia)
    collections = list_of(Collection)
    translation = translation_field(ProductTranslation)
    available_for_purchase_at = graphene.DateTime()
    is_available_for_purchase = graphene.Boolean()
    external_reference = graphene.String()

    @staticmethod
    def resolve_product_type(root: models.Product, _info: Info) -> Any:
        return related_one(root, "product_type")

    @staticmethod
    def resolve_category(root: models.Product, _info: Info) -> Any:
        return related_one(root, "category") if root.category_id else None

    @staticmethod
    def resolve_created(root: models.Product, _info: Info) -> Any:
        return root.created_at

    @staticmethod
    def resolve_weight(root: models.Product, _info: Info) -> Any:
        return weights.shown(root.weight_grams)

    @staticmethod
    def resolve_default_variant(root: models.Product, info: Info) -> Any:
        shown = variants_shown(root, info)
        return next((each for each in shown if each.pk == root.default_variant_id), None)

    @staticmethod
    def resolve_channel(root: models.Product, _info: Info) -> str | None:
        return channel_slug_of(root)

    @staticmethod
    def resolve_thumbnail(
        root: models.Product, info: Info, size: int | None = None, **_format: Any
    ) -> dict[str, str] | None:
        pictures = [each for each in related_many(root, "media") if each.type == "IMAGE"]
        if not pictures:
            return None
        return {"url": _media_url(pictures[0], info, size or 256), "alt": pictures[0].alt}

    @staticmethod
    def resolve_pricing(root: models.Product, info: Info, **_address: Any) -> Any:
        if channel_slug_of(root) is None or listing_of(root) is None:
            return None
        prices = [_untaxed(listing_of(each)) for each in variants_shown(root, info)]
        known = sorted((each for each in prices if each), key=lambda each: each.gross.minor)
        span = {"start": known[0], "stop": known[-1]} if known else None
        return {
            "on_sale": False,
            "display_gross_prices": True,
            "price_range": span,
            "price_range_undiscounted": span,
        }

    @staticmethod
    def resolve_is_available(
        root: models.Product, info: Info, address: dict[str, Any] | None = None
    ) -> bool | None:
        if channel_slug_of(root) is None:
            return None
        if not is_purchasable(listing_of(root)):
            return False
        country = (address or {}).get("country")
        return any(
            not each.track_inventory or units_available(each, info, country) > 0
            for each in variants_shown(root, info)
        )

    @staticmethod
    def resolve_channel_listings(root: models.Product, info: Info) -> list[Any]:
        context_of(info).require_staff_or_app()
        return related_many(root, "channel_listings")

    @staticmethod
    def resolve_media_by_id(root: models.Product, _info: Info, id: str) -> Any:
        return ids.find(root.media.all(), id, "ProductMedia")

    @staticmethod
    def resolve_variant(
        root: models.Product,
        info: Info,
        id: str | None = None,
        sku: str | None = None,
    ) -> Any:
        shown = variants_shown(root, info)
        wanted = ids.from_global_id(id) if id else None
        return next(
            (v for v in shown if (wanted and str(v.pk) == wanted.pk) or (sku and v.sku == sku)),
            None,
        )

    @staticmethod
    def resolve_variants(root: models.Product, info: Info) -> list[Any]:
        return variants_shown(root, info)

    @staticmethod
    def resolve_product_variants(root: models.Product, info: Info, **page: Any) -> Any:
        return paginate_list(info, variants_shown(root, info), **page)

    @staticmethod
    def resolve_media(root: models.Product, _info: Info) -> list[Any]:
        return related_many(root, "media")

    @staticmethod
    def resolve_collections(root: models.Product, _info: Info) -> list[Any]:
        return related_many(root, "collections")

    @staticmethod
    def resolve_available_for_purchase_at(root: models.Product, _info: Info) -> Any:
        listing = listing_of(root)
        return listing.available_for_purchase_at if listing else None

    @staticmethod
    def resolve_is_available_for_purchase(root: models.Product, _info: Info) -> bool | None:
        return is_purchasable(listing_of(root)) if channel_slug_of(root) else None
