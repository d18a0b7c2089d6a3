"""Inputs of products and variants."""

import graphene

from marketplace.embedded.schema.attributes.inputs import AttributeValueInput
from marketplace.embedded.schema.base import MetadataInput, list_of
from marketplace.embedded.schema.scalars import JSONString, WeightScalar
from marketplace.embedded.schema.seo import SeoInput


class ProductInput(graphene.InputObjectType):
    """Changes of a product; weight in the shop's unit."""

    attributes = list_of(AttributeValueInput)
    category = graphene.ID()
    charge_taxes = graphene.Boolean()
    collections = list_of(graphene.ID)
    description = graphene.InputField(JSONString)
    name = graphene.String()
    slug = graphene.String()
    seo = graphene.InputField(SeoInput)
    weight = graphene.InputField(WeightScalar)
    rating = graphene.Float()
    metadata = list_of(MetadataInput)
    private_metadata = list_of(MetadataInput)
    external_reference = graphene.String()


class ProductCreateInput(ProductInput):
    """A new product."""

    product_type = graphene.ID(required=True)


class StockInput(graphene.InputObjectType):
    """Units in a warehouse."""

    warehouse = graphene.ID(required=True)
    quantity = graphene.Int(required=True)


class VariantFields(graphene.InputObjectType):
    """A variant's own fields; weight in the shop's unit."""

    class Meta:
        abstract = True

    sku = graphene.String()
    name = graphene.String()
    track_inventory = graphene.Boolean()
    weight = graphene.InputField(WeightScalar)
    quantity_limit_per_customer = graphene.Int()
    metadata = list_of(MetadataInput)
    private_metadata = list_of(MetadataInput)
    external_reference = graphene.String()


class ProductVariantInput(VariantFields):
    """Changes of a variant; weight in the shop's unit."""

    attributes = list_of(AttributeValueInput)


class ProductVariantCreateInput(VariantFields):
    """A new variant with its stock."""

    attributes = list_of(AttributeValueInput, required=True)
    product = graphene.ID(required=True)
    stocks = list_of(StockInput)
