"""Mutations of variants."""

from typing import Any

import graphene

from marketplace.embedded.products.inputs import VariantCreateData, VariantData
from marketplace.embedded.products.write_variant import (
    create_variant,
    delete_variant,
    find_variant,
    update_variant,
)
from marketplace.embedded.schema.base import Info
from marketplace.embedded.schema.mutation import EngineMutation
from marketplace.embedded.schema.products.errors import ProductError
from marketplace.embedded.schema.products.inputs import (
    ProductVariantCreateInput,
    ProductVariantInput,
)
from marketplace.embedded.schema.products.variant import ProductVariant


class VariantMutation(EngineMutation):
    """Base of the mutations that answer with a variant."""

    class Meta:
        abstract = True

    error_type = ProductError
    permissions = ("MANAGE_PRODUCTS",)
    product_variant = graphene.Field(ProductVariant)


class ProductVariantCreate(VariantMutation):
    """Create a variant with its stock."""

    class Arguments:
        input = ProductVariantCreateInput(required=True)

    @classmethod
    def perform(cls, info: Info, input: VariantCreateData) -> Any:
        return cls(product_variant=create_variant(input))


class ProductVariantUpdate(VariantMutation):
    """Change a variant."""

    class Arguments:
        id = graphene.ID()
        sku = graphene.String()
        external_reference = graphene.String()
        input = ProductVariantInput(required=True)

    @classmethod
    def perform(cls, info: Info, input: VariantData, **identifiers: str | None) -> Any:
        variant = _find_variant(identifiers)
        return cls(product_variant=update_variant(variant, input))


class ProductVariantDelete(VariantMutation):
    """Delete a variant."""

    class Arguments:
        id = graphene.ID()
        sku = graphene.String()
        external_reference = graphene.String()

    @classmethod
    def perform(cls, info: Info, **identifiers: str | None) -> Any:
        variant = _find_variant(identifiers)
        delete_variant(variant)
        return cls(product_variant=variant)


def _find_variant(identifiers: dict[str, str | None]) -> Any:
    return find_variant(
        identifiers.get("id"), identifiers.get("sku"), identifiers.get("external_reference")
    )


class VariantMutations:
    """Mutations of variants."""

    product_variant_create = ProductVariantCreate.Field()
    product_variant_update = ProductVariantUpdate.Field()
    product_variant_delete = ProductVariantDelete.Field()
