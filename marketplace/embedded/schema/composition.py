"""The schema, composed of every domain's queries, mutations and types."""

from functools import cache

import graphene

from marketplace.embedded.schema.accounts.mutations import AccountMutations
from marketplace.embedded.schema.accounts.queries import AccountQueries
from marketplace.embedded.schema.apps.app_mutations import AppMutations
from marketplace.embedded.schema.apps.queries import AppQueries
from marketplace.embedded.schema.apps.token_mutations import AppTokenMutations
from marketplace.embedded.schema.apps.webhook_mutations import WebhookMutations
from marketplace.embedded.schema.attributes.assigned import ASSIGNED_TYPES
from marketplace.embedded.schema.attributes.mutations import AttributeMutations
from marketplace.embedded.schema.attributes.queries import AttributeQueries
from marketplace.embedded.schema.categories.mutations import CategoryMutations
from marketplace.embedded.schema.categories.queries import CategoryQueries
from marketplace.embedded.schema.channels.mutations import ChannelMutations
from marketplace.embedded.schema.channels.queries import ChannelQueries
from marketplace.embedded.schema.checkouts.mutations import CheckoutMutations
from marketplace.embedded.schema.checkouts.queries import CheckoutQueries
from marketplace.embedded.schema.collections.mutations import CollectionMutations
from marketplace.embedded.schema.collections.queries import CollectionQueries
from marketplace.embedded.schema.events import catalogue as _catalogue  # noqa: F401
from marketplace.embedded.schema.events import orders as _orders  # noqa: F401
from marketplace.embedded.schema.events import payments as _payments  # noqa: F401
from marketplace.embedded.schema.events import taxes as _taxes  # noqa: F401
from marketplace.embedded.schema.events.event import EVENT_TYPES, Subscription
from marketplace.embedded.schema.metadata import MetadataMutations
from marketplace.embedded.schema.orders.bulk_mutations import OrderBulkMutations
from marketplace.embedded.schema.orders.mutations import OrderMutations
from marketplace.embedded.schema.orders.queries import OrderQueries
from marketplace.embedded.schema.pages.mutations import PageMutations
from marketplace.embedded.schema.pages.queries import PageQueries
from marketplace.embedded.schema.payments.mutations import PaymentMutations
from marketplace.embedded.schema.payments.queries import PaymentQueries
from marketplace.embedded.schema.products.bulk_mutations import ProductBulkMutations
from marketplace.embedded.schema.products.listing_mutations import ChannelListingMutations
from marketplace.embedded.schema.products.media_mutations import ProductMediaMutations
from marketplace.embedded.schema.products.product_mutations import ProductMutations
from marketplace.embedded.schema.products.product_type_mutations import ProductTypeMutations
from marketplace.embedded.schema.products.queries import ProductQueries
from marketplace.embedded.schema.products.stock_mutations import StockMutations
from marketplace.embedded.schema.products.variant_mutations import VariantMutations
from marketplace.embedded.schema.shipping_zones.mutations import ShippingMutations
from marketplace.embedded.schema.shipping_zones.queries import ShippingQueries
from marketplace.embedded.schema.shop import ShopMutations, ShopQueries
from marketplace.embedded.schema.tax import TaxMutations, TaxQueries
from marketplace.embedded.schema.translations.bulk_mutations import TranslationBulkMutations
from marketplace.embedded.schema.translations.mutations import TranslationMutations
from marketplace.embedded.schema.vouchers.mutations import VoucherMutations
from marketplace.embedded.schema.vouchers.queries import VoucherQueries
from marketplace.embedded.schema.warehouses.mutations import WarehouseMutations
from marketplace.embedded.schema.warehouses.queries import WarehouseQueries

QUERIES = [
    ShopQueries,
    ChannelQueries,
    TaxQueries,
    WarehouseQueries,
    ShippingQueries,
    AttributeQueries,
    PageQueries,
    CategoryQueries,
    CollectionQueries,
    ProductQueries,
    CheckoutQueries,
    OrderQueries,
    PaymentQueries,
    AccountQueries,
    AppQueries,
    VoucherQueries,
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
    CollectionMutations,
    ProductMutations,
    ProductBulkMutations,
    VariantMutations,
    ProductTypeMutations,
    ProductMediaMutations,
    ChannelListingMutations,
    StockMutations,
    TranslationMutations,
    TranslationBulkMutations,
    MetadataMutations,
    CheckoutMutations,
    VoucherMutations,
    OrderMutations,
    OrderBulkMutations,
    PaymentMutations,
    AccountMutations,
    AppMutations,
    AppTokenMutations,
    WebhookMutations,
]
TYPES = [*EVENT_TYPES.values(), *ASSIGNED_TYPES]


@cache
def build_schema() -> graphene.Schema:
    """Return the schema, built once per process."""
    query = type("Query", (*QUERIES, graphene.ObjectType), {"__doc__": "Reads."})
    mutation = type("Mutation", (*MUTATIONS, graphene.ObjectType), {"__doc__": "Writes."})
    return graphene.Schema(query=query, mutation=mutation, subscription=Subscription, types=TYPES)
