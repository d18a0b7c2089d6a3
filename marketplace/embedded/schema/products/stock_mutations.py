"""Mutations of the stock of variants."""

from typing import Any

import graphene

from marketplace.embedded.products.inputs import StockData
from marketplace.embedded.products.set_stock import create_stocks, update_stocks
from marketplace.embedded.products.write_variant import find_variant, reload_variant
from marketplace.embedded.schema.base import Info, list_of
from marketplace.embedded.schema.products.errors import BulkStockError
from marketplace.embedded.schema.products.inputs import StockInput
from marketplace.embedded.schema.products.variant_mutations import VariantMutation


class ProductVariantStocksUpdate(VariantMutation):
    """Set the units of a variant in warehouses; the product's date of change stays."""

    error_type = BulkStockError

    class Arguments:
        variant_id = graphene.ID()
        sku = graphene.String()
        stocks = list_of(StockInput, required=True)

    @classmethod
    def perform(
        cls,
        info: Info,
        stocks: list[StockData],
        variant_id: str | None = None,
        sku: str | None = None,
    ) -> Any:
        variant = find_variant(variant_id, sku)
        update_stocks(variant, stocks)
        return cls(product_variant=reload_variant(variant))


class ProductVariantStocksCreate(VariantMutation):
    """Add warehouses with units to a variant."""

    error_type = BulkStockError

    class Arguments:
        variant_id = graphene.ID(required=True)
        stocks = list_of(StockInput, required=True)

    @classmethod
    def perform(cls, info: Info, variant_id: str, stocks: list[StockData]) -> Any:
        variant = find_variant(variant_id)
        create_stocks(variant, stocks)
        return cls(product_variant=reload_variant(variant))


class StockMutations:
    """Mutations of the stock of variants."""

    product_variant_stocks_update = ProductVariantStocksUpdate.Field()
    product_variant_stocks_create = ProductVariantStocksCreate.Field()
