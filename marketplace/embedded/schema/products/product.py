"""Products as the API shows them."""

from typing import Any

import graphene

from marketplace.embedded import ids, models, weights
from marketplace.embedded.channel_scope import channel_slug_of, listing_of
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
from marketplace.embedded.schema.categories.category import Category
from marketplace.embedded.schema.collections.collection import Collection
from marketplace.embedded.schema.connection import connection_field, paginate_list
from marketplace.embedded.schema.languages import Translated, translation_field
from marketplace.embedded.schema.money import Weight
from marketplace.embedded.schema.products.channel_listing import (
    ProductChannelListing,
    is_purchasable,
)
from marketplace.embedded.schema.products.media import (
    PICTURE_ARGUMENTS,
    Image,
    ProductMedia,
    media_url,
)
from marketplace.embedded.schema.products.pricing import ProductPricingInfo, untaxed_price
from marketplace.embedded.schema.products.product_type import ProductType
from marketplace.embedded.schema.products.translation import ProductTranslation
from marketplace.embedded.schema.products.variant import (
    ProductVariant,
    units_available,
    variants_shown,
)
from marketplace.embedded.schema.scalars import JSONString


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
    thumbnail = graphene.Field(Image, **PICTURE_ARGUMENTS)
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
        return weights.in_shop_unit(root.weight_grams)

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
        return {"url": media_url(pictures[0], info, size or 256), "alt": pictures[0].alt}

    @staticmethod
    def resolve_pricing(root: models.Product, info: Info, **_address: Any) -> Any:
        if channel_slug_of(root) is None or listing_of(root) is None:
            return None
        prices = [untaxed_price(listing_of(each)) for each in variants_shown(root, info)]
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
