"""Setting a variant's units in warehouses."""

from collections.abc import Sequence

from marketplace.embedded import ids
from marketplace.embedded.errors import refuse
from marketplace.embedded.models import ProductVariant, Stock, Warehouse
from marketplace.embedded.products.inputs import StockData
from marketplace.embedded.webhooks import emit


def warehouse_quantities(items: Sequence[StockData]) -> list[tuple[Warehouse, int]]:
    """Return the warehouses of StockInputs with their quantities.

    Refuses NOT_FOUND, INVALID below zero, UNIQUE for a warehouse given twice.
    """
    wanted = ids.pks([item["warehouse"] for item in items], "Warehouse")
    found = {str(pk): row for pk, row in Warehouse.objects.in_bulk(wanted).items()}
    if len(set(wanted)) < len(wanted):
        raise refuse("UNIQUE", "Duplicated warehouse ID.", field="warehouse")
    pairs = []
    for index, item in enumerate(items):
        decoded = ids.from_global_id(item["warehouse"])
        if decoded is None or decoded.pk not in found:
            raise refuse("NOT_FOUND", "Warehouse not found.", field="warehouse", index=index)
        if item["quantity"] < 0:
            raise refuse("INVALID", "Quantity cannot be negative.", field="quantity", index=index)
        pairs.append((found[decoded.pk], item["quantity"]))
    return pairs


def update_stocks(variant: ProductVariant, items: Sequence[StockData]) -> None:
    """Set the units of a variant in warehouses; refuses as `warehouse_quantities` does.

    Stocks are locked in the order of their warehouses' keys.
    """
    for warehouse, quantity in sorted(
        warehouse_quantities(items), key=lambda pair: str(pair[0].pk)
    ):
        set_stock(variant, warehouse, quantity)


def create_stocks(variant: ProductVariant, items: Sequence[StockData]) -> None:
    """Add warehouses with units to a variant; refuses UNIQUE for one that it has already."""
    pairs = warehouse_quantities(items)
    known = set(variant.stocks.values_list("warehouse_id", flat=True))
    for index, (warehouse, _quantity) in enumerate(pairs):
        if warehouse.pk in known:
            message = "Stock for this warehouse already exists for this product variant."
            raise refuse("UNIQUE", message, field="warehouse", index=index)
    for warehouse, quantity in pairs:
        set_stock(variant, warehouse, quantity)


def set_stock(variant: ProductVariant, warehouse: Warehouse, quantity: int) -> Stock:
    """Set a stock's units under a lock, and emit whether it went out of stock or came back."""
    rows = Stock.objects.select_for_update(of=("self",))
    stock = rows.filter(variant=variant, warehouse=warehouse).first()
    stock = stock or Stock(variant=variant, warehouse=warehouse)
    before = stock.quantity - stock.quantity_allocated
    stock.quantity = quantity
    stock.save()
    after = stock.quantity - stock.quantity_allocated
    if before <= 0 < after:
        emit("PRODUCT_VARIANT_BACK_IN_STOCK", stock)
    elif after <= 0 < before:
        emit("PRODUCT_VARIANT_OUT_OF_STOCK", stock)
    emit("PRODUCT_VARIANT_STOCK_UPDATED", stock)
    return stock
