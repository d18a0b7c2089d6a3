"""Inputs that filter and sort products."""

import graphene

from marketplace.embedded.schema.base import list_of
from marketplace.embedded.schema.enums import OrderDirection, string_enum
from marketplace.embedded.schema.filters import (
    ContainsFilterInput,
    DateTimeFilterInput,
    DateTimeRangeInput,
    DecimalFilterInput,
    GlobalIDFilterInput,
    MetadataFilter,
    PriceRangeInput,
    StringFilterInput,
)

StockAvailability = string_enum("StockAvailability", "IN_STOCK", "OUT_OF_STOCK")
ProductOrderField = string_enum(
    "ProductOrderField",
    *("NAME", "RANK", "PRICE", "MINIMAL_PRICE", "LAST_MODIFIED", "DATE", "PUBLISHED_AT"),
    *("LAST_MODIFIED_AT", "RATING", "CREATED_AT"),
)


class AssignedAttributeReferenceInput(graphene.InputObjectType):
    """Which objects an attribute refers to."""

    referenced_ids = graphene.InputField(ContainsFilterInput)
    page_slugs = graphene.InputField(ContainsFilterInput)
    product_slugs = graphene.InputField(ContainsFilterInput)
    product_variant_skus = graphene.InputField(ContainsFilterInput)


class AssignedAttributeValueInput(graphene.InputObjectType):
    """Which values of an attribute."""

    slug = graphene.InputField(StringFilterInput)
    name = graphene.InputField(StringFilterInput)
    numeric = graphene.InputField(DecimalFilterInput)
    date_time = graphene.InputField(DateTimeRangeInput)
    boolean = graphene.Boolean()
    reference = graphene.InputField(AssignedAttributeReferenceInput)


class AttributeInput(graphene.InputObjectType):
    """An attribute by slug, and which values of it."""

    slug = graphene.String()
    value = graphene.InputField(AssignedAttributeValueInput)
    values = list_of(graphene.String)
    boolean = graphene.Boolean()


class ProductWhereInput(graphene.InputObjectType):
    """Conditions on products."""

    metadata = list_of(MetadataFilter)
    ids = list_of(graphene.ID)
    name = graphene.InputField(StringFilterInput)
    slug = graphene.InputField(StringFilterInput)
    product_type = graphene.InputField(GlobalIDFilterInput)
    category = graphene.InputField(GlobalIDFilterInput)
    collection = graphene.InputField(GlobalIDFilterInput)
    is_available = graphene.Boolean()
    is_published = graphene.Boolean()
    is_visible_in_listing = graphene.Boolean()
    has_category = graphene.Boolean()
    price = graphene.InputField(DecimalFilterInput)
    minimal_price = graphene.InputField(DecimalFilterInput)
    attributes = list_of(AttributeInput)
    stock_availability = StockAvailability()
    updated_at = graphene.InputField(DateTimeFilterInput)
    and_ = list_of(lambda: ProductWhereInput, name="AND")
    or_ = list_of(lambda: ProductWhereInput, name="OR")


class ProductFilterInput(graphene.InputObjectType):
    """Conditions on products (the older input)."""

    is_published = graphene.Boolean()
    collections = list_of(graphene.ID)
    categories = list_of(graphene.ID)
    has_category = graphene.Boolean()
    attributes = list_of(AttributeInput)
    stock_availability = StockAvailability()
    search = graphene.String()
    metadata = list_of(MetadataFilter)
    is_available = graphene.Boolean()
    is_visible_in_listing = graphene.Boolean()
    price = graphene.InputField(PriceRangeInput)
    minimal_price = graphene.InputField(PriceRangeInput)
    updated_at = graphene.InputField(DateTimeRangeInput)
    product_types = list_of(graphene.ID)
    ids = list_of(graphene.ID)
    slugs = list_of(graphene.String)


class ProductOrder(graphene.InputObjectType):
    """In which order."""

    direction = OrderDirection(required=True)
    channel = graphene.String()
    field = ProductOrderField()
