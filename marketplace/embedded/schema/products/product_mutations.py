"""Mutations of products."""

from typing import Any

import graphene

from marketplace.embedded.products.inputs import ProductCreateData, ProductData
from marketplace.embedded.products.write_product import (
    create_product,
    delete_product,
    find_product,
    update_product,
)
from marketplace.embedded.schema.base import Info
from marketplace.embedded.schema.mutation import EngineMutation
from marketplace.embedded.schema.products.errors import ProductError
from marketplace.embedded.schema.products.inputs import ProductCreateInput, ProductInput
from marketplace.embedded.schema.products.product import Product


class ProductMutation(EngineMutation):
    """Base of the mutations that answer with a product."""

    class Meta:
        abstract = True

    error_type = ProductError
    permissions = ("MANAGE_PRODUCTS",)
    product = graphene.Field(Product)


class ProductCreate(ProductMutation):
    """Create a product; it is visible in a channel only once it is listed there."""

    class Arguments:
        input = ProductCreateInput(required=True)

    @classmethod
    def perform(cls, info: Info, input: ProductCreateData) -> Any:
        return cls(product=create_product(input))


class ProductUpdate(ProductMutation):
    """Change a product."""

    class Arguments:
        id = graphene.ID()
        external_reference = graphene.String()
        input = ProductInput(required=True)

    @classmethod
    def perform(
        cls,
        info: Info,
        input: ProductData,
        id: str | None = None,
        external_reference: str | None = None,
    ) -> Any:
        product = find_product(id, external_reference)
        return cls(product=update_product(product, input))


class ProductDelete(ProductMutation):
    """Delete a product with its variants; orders keep the texts of their own lines."""

    class Arguments:
        id = graphene.ID()
        external_reference = graphene.String()

    @classmethod
    def perform(
        cls, info: Info, id: str | None = None, external_reference: str | None = None
    ) -> Any:
        product = find_product(id, external_reference)
        delete_product(product)
        return cls(product=product)


class ProductMutations:
    """Mutations of products."""

    product_create = ProductCreate.Field()
    product_update = ProductUpdate.Field()
    product_delete = ProductDelete.Field()
