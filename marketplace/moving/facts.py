"""Facts of products and orders that must be equal in both engines after a move."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from catalog.read_model.page_fields import plain_text
from catalog.read_model.product_values import weight_in_grams
from marketplace.moving.order_inputs import NUMBER_KEY
from marketplace.moving.order_reading import BACK
from marketplace.moving.sides import Side
from marketplace.moving.stocks import stocks_of, uuid_of
from marketplace.saleor import ids
from marketplace.saleor.client import FulfillmentStatus, OrderParts, ProductParts

Facts = dict[str, Any]


def of_products(side: Side, products: Sequence[ProductParts]) -> dict[UUID, Facts]:
    """Facts by our listing's id; products without a listing are left out."""
    found: dict[UUID, Facts] = {}
    for product in products:
        if (key := uuid_of(product.external_reference)) is not None:
            found[key] = _product(product) | {"stock": _stock(side, product)}
    return found


def _product(product: ProductParts) -> Facts:
    edges = product.product_variants.edges if product.product_variants else []
    prices = {
        f"{edge.node.sku} {row.channel.slug}": row.price.fractional_amount
        for edge in edges
        for row in edge.node.channel_listings or []
        if row.price is not None
    }
    return {
        "name": product.slug,
        "category": product.category.slug if product.category else "",
        "texts": [product.name, plain_text(product.description), *_translations(product)],
        "attributes": {
            row.attribute.slug: text
            for row in product.assigned_attributes
            if (text := getattr(row, "plain_text", None))
        },
        "weight": weight_in_grams(product.weight),
        "media": len(product.media or []),
        "published": sorted(
            row.channel.slug for row in product.channel_listings or [] if row.is_published
        ),
        "on sale": sorted(
            row.channel.slug
            for row in product.channel_listings or []
            if row.is_published and row.is_available_for_purchase is not False
        ),
        "prices": prices,
        "variants": sorted(edge.node.external_reference or "" for edge in edges),
    }


def _translations(product: ProductParts) -> list[str]:
    found = []
    for text in (product.arabic, product.french, product.english):
        found += [text.name or "", plain_text(text.description)] if text else ["", ""]
    return found


def _stock(side: Side, product: ProductParts) -> dict[str, list[int]]:
    return {
        f"{variant} in {place}": list(held)
        for variant, stocks in stocks_of(side, [product]).items()
        for place, held in sorted(stocks.items())
        if any(held)
    }


def of_orders(side: Side, orders: Sequence[OrderParts]) -> dict[UUID, Facts]:
    """Facts by our order's id; amounts are minor units as the engine counts them."""
    order_ids = side.our_ids(ids.ORDER, [order.id for order in orders])
    line_ids = side.our_ids(ids.ORDER_LINE, [line.id for order in orders for line in order.lines])
    return {
        key: _order(order, line_ids)
        for order in orders
        if (key := order_ids.get(order.id) or uuid_of(order.external_reference)) is not None
    }


def _number_before(order: OrderParts) -> str:
    """Its number in the engine where it was placed."""
    told = (item.value for item in order.private_metadata if item.key == NUMBER_KEY)
    return next(told, order.number)


# long: the facts of an order, field by field
def _order(order: OrderParts, line_ids: dict[str, UUID]) -> Facts:
    sent, back = _parcels(order, line_ids)
    return {
        "name": next(
            (m.value for m in order.private_metadata if m.key == NUMBER_KEY), order.number
        ),
        "status": order.status.value,
        "channel": order.channel.slug,
        "placed": str(order.created)[:19],
        "buyer": order.user_email or "",
        "total": order.total.gross.fractional_amount,
        "tax": order.total.tax.fractional_amount,
        "delivery": order.shipping_price.gross.fractional_amount,
        "charged": order.total_charged.fractional_amount,
        "promised": order.total_authorized.fractional_amount,
        "refunded": sum(t.refunded_amount.fractional_amount for t in order.transactions),
        "lines": {
            str(line_ids.get(line.id, "?")): [
                uuid_text(line.variant.external_reference if line.variant else None),
                line.quantity,
                line.quantity_fulfilled,
                line.total_price.gross.fractional_amount,
                line.total_price.net.fractional_amount,
            ]
            for line in order.lines
        },
        "kept": {
            str(line_ids.get(line.id, "?")): kept
            for line in order.lines
            if (kept := sum(row.quantity for row in line.allocations or []))
        },
        "sent": sent,
        "back": back,
    }


def _parcels(
    order: OrderParts, line_ids: dict[str, UUID]
) -> tuple[list[list[Any]], dict[str, int]]:
    """Parcels as tracking number and items; and the returned items of each line."""
    sent, back = [], dict[str, int]()
    for parcel in order.fulfillments:
        rows = [
            (str(line_ids.get(row.order_line.id, "?")), row.quantity)
            for row in parcel.lines or []
            if row.order_line and row.quantity
        ]
        if parcel.status == FulfillmentStatus.FULFILLED and rows:
            sent.append([parcel.tracking_number or "", sorted(rows)])
        elif parcel.status in BACK:
            for key, quantity in rows:
                back[key] = back.get(key, 0) + quantity
    return sorted(sent), back


def uuid_text(text: str | None) -> str:
    """Our reference, or a placeholder when there is none."""
    return str(uuid_of(text) or "?")
