"""Sending lines of an order from their warehouses."""

from collections.abc import Sequence
from dataclasses import dataclass

from marketplace.embedded import webhooks
from marketplace.embedded.allocation import lock_stocks, save_stocks, unallocate
from marketplace.embedded.errors import refuse
from marketplace.embedded.ids import to_global_id
from marketplace.embedded.models import (
    Allocation,
    Fulfillment,
    FulfillmentLine,
    FulfillmentStatus,
    Order,
    OrderLine,
    OrderStatus,
    Shop,
    Stock,
    Warehouse,
)
from marketplace.embedded.orders.amounts import refresh_status
from marketplace.embedded.orders.create_fulfillment import create_fulfillment
from marketplace.embedded.orders.events import PAID

NOT_FULFILLABLE = (
    OrderStatus.DRAFT,
    OrderStatus.UNCONFIRMED,
    OrderStatus.CANCELED,
    OrderStatus.EXPIRED,
)
# Stocks by the keys of variant and warehouse.
_Stocks = dict[tuple[int | None, object], Stock]


@dataclass(frozen=True, slots=True)
class Shipment:
    """Units of a line that leave one warehouse."""

    line: OrderLine
    warehouse: Warehouse
    quantity: int


def fulfill(
    order: Order,
    shipments: Sequence[Shipment],
    *,
    tracking_number: str = "",
    allow_stock_to_be_exceeded: bool = False,
) -> list[Fulfillment]:
    """Send lines of a locked order, and return one fulfilment for each warehouse.

    Refuses INVALID (status), CANNOT_FULFILL_UNPAID_ORDER, ZERO_QUANTITY, DUPLICATED_INPUT_ITEM,
    FULFILL_ORDER_LINE (more than is left to send), and INSUFFICIENT_STOCK with the warehouse that
    has too few units.
    """
    _check(order, shipments)
    stocks = _take_stock(shipments, exceed=allow_stock_to_be_exceeded)
    made = _create_fulfillments(order, shipments, stocks, tracking_number)
    refresh_status(order)
    _emit_sent(order, made)
    return made


def _create_fulfillments(
    order: Order, shipments: Sequence[Shipment], stocks: _Stocks, tracking_number: str
) -> list[Fulfillment]:
    auto_approve = Shop.current().fulfillment_auto_approve
    status = FulfillmentStatus.FULFILLED if auto_approve else FulfillmentStatus.WAITING_FOR_APPROVAL
    made: dict[object, Fulfillment] = {}
    for each in shipments:
        if each.quantity == 0:
            continue
        if each.warehouse.pk not in made:
            made[each.warehouse.pk] = create_fulfillment(
                order, status=status, tracking_number=tracking_number
            )
        FulfillmentLine.objects.create(
            fulfillment=made[each.warehouse.pk],
            order_line=each.line,
            stock=stocks.get((each.line.variant_id, each.warehouse.pk)),
            quantity=each.quantity,
        )
        each.line.quantity_fulfilled += each.quantity
        each.line.save(update_fields=["quantity_fulfilled"])
    return list(made.values())


def _emit_sent(order: Order, fulfillments: Sequence[Fulfillment]) -> None:
    for fulfillment in fulfillments:
        webhooks.emit("FULFILLMENT_CREATED", fulfillment)
        if fulfillment.tracking_number:
            webhooks.emit("FULFILLMENT_TRACKING_NUMBER_UPDATED", fulfillment)
    webhooks.emit("ORDER_UPDATED", order)
    if order.status == OrderStatus.FULFILLED:
        webhooks.emit("ORDER_FULFILLED", order)
        for fulfillment in fulfillments:
            webhooks.emit("FULFILLMENT_APPROVED", fulfillment)


def _check(order: Order, shipments: Sequence[Shipment]) -> None:
    if order.status in NOT_FULFILLABLE:
        raise refuse("INVALID", f"An order with status {order.status} cannot be fulfilled.")
    if order.charge_status not in PAID and not Shop.current().fulfillment_allow_unpaid:
        raise refuse("CANNOT_FULFILL_UNPAID_ORDER", "Cannot fulfill unpaid order.", field="order")
    if sum(each.quantity for each in shipments) <= 0:
        raise refuse("ZERO_QUANTITY", "Total quantity must be larger than 0.", field="lines")
    pairs = [(each.line.pk, each.warehouse.pk) for each in shipments]
    if len(set(pairs)) < len(pairs):
        raise refuse("DUPLICATED_INPUT_ITEM", "Duplicated warehouse ID.", field="warehouse")
    wanted: dict[OrderLine, int] = {}
    for each in shipments:
        wanted[each.line] = wanted.get(each.line, 0) + each.quantity
    for line, quantity in wanted.items():
        left = line.quantity_unfulfilled
        if quantity > left:
            raise refuse(
                "FULFILL_ORDER_LINE",
                f"Only {left} item{'' if left == 1 else 's'} remaining to fulfill: {line}.",
                field="orderLineId",
                order_lines=[to_global_id("OrderLine", line.pk)],
            )


def _take_stock(shipments: Sequence[Shipment], *, exceed: bool) -> _Stocks:
    """Take the units from the stock of their warehouses, and from what their lines allocated."""
    locked = lock_stocks(_stock_ids(shipments))
    stocks: _Stocks = {(stock.variant_id, stock.warehouse_id): stock for stock in locked.values()}
    for each in shipments:
        variant = each.line.variant
        if variant is None or not variant.track_inventory or each.quantity == 0:
            continue
        stock = stocks.get((variant.pk, each.warehouse.pk))
        unallocate(each.line, each.quantity, locked, first=stock.pk if stock else None)
        if stock is None or (
            not exceed and stock.quantity - stock.quantity_allocated < each.quantity
        ):
            raise refuse(
                "INSUFFICIENT_STOCK",
                f"Insufficient product stock: {each.line}",
                field="stocks",
                warehouse=to_global_id("Warehouse", each.warehouse.pk),
                order_lines=[to_global_id("OrderLine", each.line.pk)],
            )
        stock.quantity -= each.quantity
    save_stocks(locked.values())
    return stocks


def _stock_ids(shipments: Sequence[Shipment]) -> set[int]:
    """Return the stocks that the shipments leave, and those that their lines are allocated in."""
    allocated = Allocation.objects.filter(order_line__in={each.line.pk for each in shipments})
    stocks = Stock.objects.filter(
        variant__in={each.line.variant_id for each in shipments},
        warehouse__in=[each.warehouse for each in shipments],
    )
    return {
        *allocated.values_list("stock_id", flat=True),
        *stocks.values_list("pk", flat=True),
    }
