"""Mutations of product types."""

from typing import Any

import graphene

from marketplace.embedded.products.inputs import AttributeOperationData, ProductTypeData
from marketplace.embedded.products.product_types import assign_attributes, create_product_type
from marketplace.embedded.schema.base import Info, list_of
from marketplace.embedded.schema.enums import string_enum
from marketplace.embedded.schema.mutation import EngineMutation
from marketplace.embedded.schema.products.errors import ProductError
from marketplace.embedded.schema.products.product_type import ProductType, ProductTypeKindEnum
from marketplace.embedded.schema.scalars import WeightScalar

ProductAttributeType = string_enum("ProductAttributeType", "PRODUCT", "VARIANT")


class ProductTypeInput(graphene.InputObjectType):
    """A product type."""

    name = graphene.String()
    slug = graphene.String()
    kind = ProductTypeKindEnum()
    has_variants = graphene.Boolean()
    product_attributes = list_of(graphene.ID)
    variant_attributes = list_of(graphene.ID)
    is_shipping_required = graphene.Boolean()
    is_digital = graphene.Boolean()
    weight = graphene.InputField(WeightScalar)


class ProductAttributeAssignInput(graphene.InputObjectType):
    """An attribute for a product type, or for the variants of its products."""

    id = graphene.ID(required=True)
    type = ProductAttributeType(required=True)
    variant_selection = graphene.Boolean()


class ProductTypeMutation(EngineMutation):
    """Base of the mutations that answer with a product type."""

    class Meta:
        abstract = True

    error_type = ProductError
    permissions = ("MANAGE_PRODUCT_TYPES_AND_ATTRIBUTES",)
    product_type = graphene.Field(ProductType)


class ProductTypeCreate(ProductTypeMutation):
    """Create a product type."""

    class Arguments:
        input = ProductTypeInput(required=True)

    @classmethod
    def perform(cls, info: Info, input: ProductTypeData) -> Any:
        return cls(product_type=create_product_type(input))


class ProductAttributeAssign(ProductTypeMutation):
    """Give a product type further attributes."""

    class Arguments:
        operations = list_of(ProductAttributeAssignInput, required=True)
        product_type_id = graphene.ID(required=True)

    @classmethod
    def perform(
        cls, info: Info, operations: list[AttributeOperationData], product_type_id: str
    ) -> Any:
        return cls(product_type=assign_attributes(product_type_id, operations))


class ProductTypeMutations:
    """Mutations of product types."""

    product_type_create = ProductTypeCreate.Field()
    product_attribute_assign = ProductAttributeAssign.Field()
