"""Product types as the API shows them."""

from typing import Any

import graphene

from marketplace.embedded import models, weights
from marketplace.embedded.models.base import related_many, related_one
from marketplace.embedded.schema.attributes.attribute import Attribute
from marketplace.embedded.schema.base import Info, ModelType, Node, ObjectWithMetadata, list_of
from marketplace.embedded.schema.enums import string_enum
from marketplace.embedded.schema.money import Weight

ProductTypeKindEnum = string_enum("ProductTypeKindEnum", "NORMAL", "GIFT_CARD")


class ProductType(ModelType):
    """A type of products, which determines their attributes."""

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
        return weights.in_shop_unit(root.weight_grams)

    @staticmethod
    def resolve_product_attributes(root: models.ProductType, _info: Info) -> list[Any]:
        return [related_one(link, "attribute") for link in related_many(root, "attribute_links")]

    @staticmethod
    def resolve_variant_attributes(root: models.ProductType, _info: Info) -> list[Any]:
        links = related_many(root, "variant_attribute_links")
        return [related_one(link, "attribute") for link in links]
