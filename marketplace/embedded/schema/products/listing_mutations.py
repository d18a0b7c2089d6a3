"""Mutations that list products, and price their variants, in channels."""

from typing import Any

import graphene

from marketplace.embedded import ids, models
from marketplace.embedded.products.inputs import PriceData
from marketplace.embedded.products.list_in_channels import update_channel_listings, update_prices
from marketplace.embedded.products.write_product import reload_product
from marketplace.embedded.products.write_variant import find_variant, reload_variant
from marketplace.embedded.schema.base import Info, list_of
from marketplace.embedded.schema.mutation import EngineMutation
from marketplace.embedded.schema.products.errors import ProductChannelListingError
from marketplace.embedded.schema.products.product import Product
from marketplace.embedded.schema.products.variant import ProductVariant
from marketplace.embedded.schema.scalars import PositiveDecimal


class ChannelListingFields:
    """Whether a product is visible and for sale in a channel."""

    channel_id = graphene.ID(required=True)
    is_published = graphene.Boolean()
    published_at = graphene.DateTime()
    visible_in_listings = graphene.Boolean()
    is_available_for_purchase = graphene.Boolean()
    available_for_purchase_at = graphene.DateTime()


class ProductChannelListingAddInput(ChannelListingFields, graphene.InputObjectType):
    """Whether a product is visible and for sale in a channel."""


class ProductChannelListingUpdateInput(graphene.InputObjectType):
    """Channels to list a product in, and those to take it off."""

    update_channels = list_of(ProductChannelListingAddInput)
    remove_channels = list_of(graphene.ID)


class ProductVariantChannelListingAddInput(graphene.InputObjectType):
    """The prices of a variant in a channel, in major units of its currency."""

    channel_id = graphene.ID(required=True)
    price = graphene.InputField(PositiveDecimal, required=True)
    cost_price = graphene.InputField(PositiveDecimal)
    prior_price = graphene.InputField(PositiveDecimal)


class ChannelListingMutation(EngineMutation):
    """Base of the mutations of listings."""

    class Meta:
        abstract = True

    error_type = ProductChannelListingError
    permissions = ("MANAGE_PRODUCTS",)


class ProductChannelListingUpdate(ChannelListingMutation):
    """List a product in channels, or take it off."""

    class Arguments:
        id = graphene.ID(required=True)
        input = ProductChannelListingUpdateInput(required=True)

    product = graphene.Field(Product)

    @classmethod
    def perform(cls, info: Info, id: str, input: dict[str, Any]) -> Any:
        product = ids.fetch(models.Product.objects.all(), id, "Product")
        update_channel_listings(
            product,
            update=input.get("update_channels") or [],
            remove=input.get("remove_channels"),
        )
        return cls(product=reload_product(product))


class ProductVariantChannelListingUpdate(ChannelListingMutation):
    """Set the prices of a variant; its product must be listed in the channels before."""

    class Arguments:
        id = graphene.ID()
        sku = graphene.String()
        input = list_of(ProductVariantChannelListingAddInput, required=True)

    variant = graphene.Field(ProductVariant)

    @classmethod
    def perform(
        cls, info: Info, input: list[PriceData], id: str | None = None, sku: str | None = None
    ) -> Any:
        variant = find_variant(id, sku)
        update_prices(variant, input)
        return cls(variant=reload_variant(variant))


class ChannelListingMutations:
    """Mutations of the listings of products and variants."""

    product_channel_listing_update = ProductChannelListingUpdate.Field()
    product_variant_channel_listing_update = ProductVariantChannelListingUpdate.Field()
