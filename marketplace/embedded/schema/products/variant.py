"""Variants as the API shows them."""

from typing import Any

import graphene

from marketplace.embedded import models, weights
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
from marketplace.embedded.schema.attributes.attribute import SelectedAttribute
from marketplace.embedded.schema.attributes.object_with_attributes import (
    AttributeFields,
    ObjectWithAttributes,
)
from marketplace.embedded.schema.base import (
    Info,
    ModelType,
    Node,
    ObjectWithMetadata,
    context_of,
    list_of,
)
from marketplace.embedded.schema.enums import CountryCode, string_enum
from marketplace.embedded.schema.languages import Translated, translation_field
from marketplace.embedded.schema.money import Weight
from marketplace.embedded.schema.products.channel_listing import ProductVariantChannelListing
from marketplace.embedded.schema.products.media import ProductMedia
from marketplace.embedded.schema.products.pricing import VariantPricingInfo, untaxed_price
from marketplace.embedded.schema.products.translation import ProductVariantTranslation
from marketplace.embedded.schema.references import type_of
from marketplace.embedded.schema.warehouses.warehouse import Stock

VariantAttributeScope = string_enum(
    "VariantAttributeScope", "ALL", "VARIANT_SELECTION", "NOT_VARIANT_SELECTION"
)


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
    """A variant of a product, which is what is bought."""

    class Meta:
        model = models.ProductVariant
        interfaces = (Node, ObjectWithMetadata, ObjectWithAttributes)

    name = graphene.String(required=True)
    sku = graphene.String()
    product = graphene.Field(type_of(models.Product), required=True)
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
        return weights.in_shop_unit(root.weight_grams)

    @staticmethod
    def resolve_channel(root: models.ProductVariant, _info: Info) -> str | None:
        return channel_slug_of(root)

    @staticmethod
    def resolve_channel_listings(root: models.ProductVariant, info: Info) -> list[Any]:
        context_of(info).require_staff_or_app()
        return related_many(root, "channel_listings")

    @staticmethod
    def resolve_pricing(root: models.ProductVariant, _info: Info, **_address: Any) -> Any:
        price = untaxed_price(listing_of(root))
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


def variants_shown(product: models.Product, info: Info) -> list[models.ProductVariant]:
    """Return the variants that the caller may see: all for staff, else those with a price here."""
    slug = channel_slug_of(product)
    found = [in_channel(each, slug) for each in related_many(product, "variants")]
    if context_of(info).may(*CATALOGUE_READERS) and slug is None:
        return found
    return [each for each in found if untaxed_price(listing_of(each)) is not None]
