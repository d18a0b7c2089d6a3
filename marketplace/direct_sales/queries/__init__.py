"""Queries on direct sales."""

from marketplace.direct_sales.queries.products import (
    Product,
    every_product,
    find_product,
    products,
)
from marketplace.direct_sales.queries.sales import (
    find_document,
    find_sale,
    last_place,
    promised_beyond,
    sales,
    waiting_pieces,
    with_notes,
)

__all__ = [
    "Product",
    "every_product",
    "find_document",
    "find_product",
    "find_sale",
    "last_place",
    "products",
    "promised_beyond",
    "sales",
    "waiting_pieces",
    "with_notes",
]
