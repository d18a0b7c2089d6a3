"""Creating many products with variants, prices and stock in one call."""

from typing import Any

import graphene

from marketplace.embedded import models, unit_of_work
from marketplace.embedded.products.bulk_import import ImportRow, read_rows, store_rows
from marketplace.embedded.schema.attribute_writes import BulkAttributeValueInput
from marketplace.embedded.schema.base import Info, list_of
from marketplace.embedded.schema.enums import string_enum
from marketplace.embedded.schema.mutation import EngineMutation
from marketplace.embedded.schema.product import Product
from marketplace.embedded.schema.product_errors import ProductBulkCreateError
from marketplace.embedded.schema.product_inputs import (
    ProductCreateInput,
    StockInput,
    _VariantFields,
)
from marketplace.embedded.schema.scalars import Upload
from marketplace.embedded.schema.variant_writes import ProductVariantChannelListingAddInput
from marketplace.embedded.webhooks import emit_many

ErrorPolicyEnum = string_enum(
    "ErrorPolicyEnum", "IGNORE_FAILED", "REJECT_EVERYTHING", "REJECT_FAILED_ROWS"
)


class MediaInput(graphene.InputObjectType):
    """A picture: a file, or the address of one."""

    alt = graphene.String()
    image = graphene.InputField(Upload)
    media_url = graphene.String()


class ProductChannelListingCreateInput(graphene.InputObjectType):
    """How a product shows in a channel."""

    channel_id = graphene.ID(required=True)
    is_published = graphene.Boolean()
    published_at = graphene.DateTime()
    visible_in_listings = graphene.Boolean()
    is_available_for_purchase = graphene.Boolean()
    available_for_purchase_at = graphene.DateTime()


class ProductVariantBulkCreateInput(_VariantFields):
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
    """What became of a row."""

    product = graphene.Field(Product)
    errors = list_of(ProductBulkCreateError)


class ProductBulkCreate(EngineMutation):
    """Create many products; the policy says what a faulty row does to the others."""

    class Meta:
        permissions = ("MANAGE_PRODUCTS",)

    class Arguments:
        products = list_of(ProductBulkCreateInput, required=True)
        error_policy = ErrorPolicyEnum()

    atomic = False
    count = graphene.Int(required=True)
    results = list_of(ProductBulkResult, required=True)
    errors = list_of(ProductBulkCreateError, required=True)

    @classmethod
    def perform(
        cls, info: Info, products: list[dict[str, Any]], error_policy: str | None = None
    ) -> "ProductBulkCreate":
        policy = error_policy or "REJECT_EVERYTHING"
        with unit_of_work.write():
            rows = read_rows(products)
            faulty = [row for row in rows if row.problems]
            if policy == "REJECT_EVERYTHING" and faulty:
                stored: list[ImportRow] = []
            else:
                stored = [row for row in rows if _is_kept(row, policy)]
            store_rows(stored)
            emit_many("PRODUCT_CREATED", [row.product for row in stored])
            variants = [each.variant for row in stored for each in row.variants]
            emit_many("PRODUCT_VARIANT_CREATED", variants)
        kept = models.Product.objects.in_bulk([row.product.pk for row in stored])
        results = [
            {"product": kept.get(row.product.pk), "errors": row.problems or None} for row in rows
        ]
        every = [problem for row in rows for problem in row.problems]
        return cls(count=len(stored), results=results, errors=every)


def _is_kept(row: ImportRow, policy: str) -> bool:
    """With IGNORE_FAILED a row with faults only in its parts is kept without those parts."""
    return not row.problems or (policy == "IGNORE_FAILED" and not row.is_broken)


class ProductBulkMutations:
    """Writes of many products."""

    product_bulk_create = ProductBulkCreate.Field()
