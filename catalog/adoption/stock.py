"""Moves of free stock from the store's warehouses to the cooperative's.

One call for each variant, in which the engine sets all its warehouses or none: an interruption
neither loses nor doubles an item, and what has been moved is not found again.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from catalog.adoption.store import StoreProduct
from marketplace.saleor.answers import accepted
from marketplace.saleor.client import SaleorClient, StockInput


@dataclass(frozen=True)
class Move:
    """Units of one variant from a warehouse to another (the engine's ids)."""

    variant: str
    sku: str
    source: str
    source_slug: str
    target: str
    units: int


def moves_to(product: StoreProduct, warehouse: str) -> list[Move]:
    """The moves to a warehouse that are possible now."""
    return [
        Move(node.id, node.sku or node.id, row.warehouse.id, row.warehouse.slug, warehouse, units)
        for node in product.variants
        for row in node.stocks or []
        if row.warehouse.id != warehouse and (units := free_in(row)) > 0
    ]


def free_in(row: Any) -> int:
    """Units of a stock that are neither sold nor reserved by a checkout."""
    return max(int(row.quantity - row.quantity_allocated - row.quantity_reserved), 0)


def held(product: StoreProduct, warehouse: str) -> int:
    """Units that stay in other warehouses: sold, or reserved by a checkout."""
    return sum(
        row.quantity - free_in(row)
        for node in product.variants
        for row in node.stocks or []
        if row.warehouse.id != warehouse
    )


def carry_out(client: SaleorClient, product: StoreProduct, moves: list[Move]) -> int:
    """Carry out moves; returns the units. ``product`` must have been read just before."""
    for node in product.variants:
        own = [move for move in moves if move.variant == node.id]
        if not own:
            continue
        levels = {row.warehouse.id: row.quantity for row in node.stocks or []}
        before = dict(levels)
        for move in own:
            levels[move.source] -= move.units
            levels[move.target] = levels.get(move.target, 0) + move.units
        _write(client, node.id, before, levels)
    return sum(move.units for move in moves)


def _write(
    client: SaleorClient, variant: str, before: Mapping[str, int], levels: Mapping[str, int]
) -> None:
    changed = [
        StockInput(warehouse=warehouse, quantity=quantity)
        for warehouse, quantity in sorted(levels.items())
        if before.get(warehouse) != quantity
    ]
    accepted(client.update_variant_stocks(variant, changed).product_variant_stocks_update)
