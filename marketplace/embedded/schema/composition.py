"""The schema, composed of every domain's queries, mutations and types."""

from functools import cache

import graphene

from marketplace.embedded.schema import catalogue_events as _catalogue_events  # noqa: F401
from marketplace.embedded.schema import order_events as _order_events  # noqa: F401
from marketplace.embedded.schema.account import AccountMutations, AccountQueries
from marketplace.embedded.schema.app import AppMutations, AppQueries
from marketplace.embedded.schema.attribute import ASSIGNED_TYPES
from marketplace.embedded.schema.attribute_writes import AttributeMutations, AttributeQueries
from marketplace.embedded.schema.category import CategoryMutations, CategoryQueries
from marketplace.embedded.schema.channel import ChannelMutations, ChannelQueries
from marketplace.embedded.schema.checkout_mutations import CheckoutMutations, CheckoutQueries
from marketplace.embedded.schema.events import EVENT_TYPES, Subscription
from marketplace.embedded.schema.metadata import MetadataMutations
from marketplace.embedded.schema.order_bulk import OrderBulkMutations
from marketplace.embedded.schema.order_mutations import OrderMutations
from marketplace.embedded.schema.order_queries import OrderQueries
from marketplace.embedded.schema.page import PageMutations, PageQueries
from marketplace.embedded.schema.payment_mutations import PaymentMutations, PaymentQueries
from marketplace.embedded.schema.product_bulk import ProductBulkMutations
from marketplace.embedded.schema.product_queries import ProductQueries
from marketplace.embedded.schema.product_writes import ProductMutations
from marketplace.embedded.schema.shipping import ShippingMutations, ShippingQueries
from marketplace.embedded.schema.shop import ShopMutations, ShopQueries
from marketplace.embedded.schema.tax import TaxMutations, TaxQueries
from marketplace.embedded.schema.translation import TranslationMutations
from marketplace.embedded.schema.translation_bulk import TranslationBulkMutations
from marketplace.embedded.schema.variant_writes import VariantMutations
from marketplace.embedded.schema.warehouse import WarehouseMutations, WarehouseQueries

QUERIES = [
    ShopQueries,
    ChannelQueries,
    TaxQueries,
    WarehouseQueries,
    ShippingQueries,
    AttributeQueries,
    PageQueries,
    CategoryQueries,
    ProductQueries,
    CheckoutQueries,
    OrderQueries,
    PaymentQueries,
    AccountQueries,
    AppQueries,
]
MUTATIONS = [
    ShopMutations,
    ChannelMutations,
    TaxMutations,
    WarehouseMutations,
    ShippingMutations,
    AttributeMutations,
    PageMutations,
    CategoryMutations,
    ProductMutations,
    ProductBulkMutations,
    VariantMutations,
    TranslationMutations,
    TranslationBulkMutations,
    MetadataMutations,
    CheckoutMutations,
    OrderMutations,
    OrderBulkMutations,
    PaymentMutations,
    AccountMutations,
    AppMutations,
]
TYPES = [*EVENT_TYPES.values(), *ASSIGNED_TYPES]


@cache
def build_schema() -> graphene.Schema:
    """Return the schema, built once per process."""
    query = type("Query", (*QUERIES, graphene.ObjectType), {"__doc__": "Reads."})
    mutation = type("Mutation", (*MUTATIONS, graphene.ObjectType), {"__doc__": "Writes."})
    return graphene.Schema(query=query, mutation=mutation, subscription=Subscription, types=TYPES)
