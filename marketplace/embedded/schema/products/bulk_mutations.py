"""The bulk import of products."""

from typing import Any

import graphene

from marketplace.embedded import models, unit_of_work
from marketplace.embedded.products.bulk_import import import_products
from marketplace.embedded.products.inputs import BulkProductData
from marketplace.embedded.schema.attributes.inputs import BulkAttributeValueInput
from marketplace.embedded.schema.base import Info, list_of
from marketplace.embedded.schema.error_policy import ErrorPolicyEnum
from marketplace.embedded.schema.mutation import EngineMutation
from marketplace.embedded.schema.products.errors import ProductBulkCreateError
from marketplace.embedded.schema.products.inputs import (
    ProductCreateInput,
    StockInput,
    VariantFields,
)
from marketplace.embedded.schema.products.listing_mutations import (
    ChannelListingFields,
    ProductVariantChannelListingAddInput,
)
from marketplace.embedded.schema.products.product import Product
from marketplace.embedded.schema.scalars import Upload


class MediaInput(graphene.InputObjectType):
    """A picture: a file, or the address of one."""

    alt = graphene.String()
    image = graphene.InputField(Upload)
    media_url = graphene.String()


class ProductChannelListingCreateInput(ChannelListingFields, graphene.InputObjectType):
    """Whether a product is visible and for sale in a channel."""


class ProductVariantBulkCreateInput(VariantFields):
    """A variant of a row, with stock and prices."""

    attributes = list_of(BulkAttributeValueInput, required=True)
    stocks = list_of(StockInput)
    channel_listings = list_of(ProductVariantChannelListingAddInput)


class ProductBulkCreateInput(ProductCreateInput):
    """One row: a product with everything that belongs to it."""

    media = list_of(MediaInput)
    channel_listings = list_of(ProductChannelListingCreateInput)
    variants = list_of(ProductVariantBulkCreateInput)


class ProductBulkResult(graphene.ObjectType):
    """The product that a row became, or why it was refused."""

    product = graphene.Field(Product)
    errors = list_of(ProductBulkCreateError)


class ProductBulkCreate(EngineMutation):
    """Create many products; the policy says what a faulty row does to the others."""

    class Arguments:
        products = list_of(ProductBulkCreateInput, required=True)
        error_policy = ErrorPolicyEnum()

    atomic = False
    error_type = ProductBulkCreateError
    permissions = ("MANAGE_PRODUCTS",)
    count = graphene.Int(required=True)
    results = list_of(ProductBulkResult, required=True)

    @classmethod
    def perform(
        cls, info: Info, products: list[BulkProductData], error_policy: str | None = None
    ) -> Any:
        with unit_of_work.write():
            done = import_products(products, error_policy=error_policy or "REJECT_EVERYTHING")
        stored = models.Product.objects.in_bulk([row.product.pk for row in done.stored])
        results = [
            {"product": stored.get(row.product.pk), "errors": row.problems or None}
            for row in done.rows
        ]
        problems = [problem for row in done.rows for problem in row.problems]
        return cls(count=len(done.stored), results=results, errors=problems)


class ProductBulkMutations:
    """Mutations of many products."""

    product_bulk_create = ProductBulkCreate.Field()
