"""Sending an order's lines from their warehouses, and taking that back."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.db.models import Max

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
from marketplace.embedded.orders.finding import lock_order_of

NOT_FULFILLABLE = (
    OrderStatus.DRAFT,
    OrderStatus.UNCONFIRMED,
    OrderStatus.CANCELED,
    OrderStatus.EXPIRED,
)


@dataclass(frozen=True, slots=True)
class Sending:
    """Units of a line that leave one warehouse."""

    line: OrderLine
    warehouse: Warehouse
    quantity: int


def fulfil(
    order: Order,
    sendings: Sequence[Sending],
    *,
    tracking_number: str = "",
    allow_stock_to_be_exceeded: bool = False,
) -> list[Fulfillment]:
    """Send lines of a locked order: one fulfilment per warehouse. Within the open write.

    Refuses FULFILL_ORDER_LINE (more than is left to send), ZERO_QUANTITY,
    DUPLICATED_INPUT_ITEM, CANNOT_FULFILL_UNPAID_ORDER, and INSUFFICIENT_STOCK with the warehouse
    that has too few units.
    """
    _check(order, sendings)
    shop = Shop.current()
    status = (
        FulfillmentStatus.FULFILLED
        if shop.fulfillment_auto_approve
        else FulfillmentStatus.WAITING_FOR_APPROVAL
    )
    stocks = _take(sendings, exceed=allow_stock_to_be_exceeded)
    made: dict[object, Fulfillment] = {}
    for sending in sendings:
        if sending.quantity == 0:
            continue
        fulfillment = made.get(sending.warehouse.pk)
        if fulfillment is None:
            fulfillment = _new_fulfillment(order, status=status, tracking_number=tracking_number)
            made[sending.warehouse.pk] = fulfillment
        FulfillmentLine.objects.create(
            fulfillment=fulfillment,
            order_line=sending.line,
            stock=stocks.get((sending.line.variant_id, sending.warehouse.pk)),
            quantity=sending.quantity,
        )
        sending.line.quantity_fulfilled += sending.quantity
        sending.line.save(update_fields=["quantity_fulfilled"])
    refresh_status(order)
    _tell_sent(order, made.values())
    return list(made.values())


def _tell_sent(order: Order, fulfillments: Iterable[Fulfillment]) -> None:
    for fulfillment in fulfillments:
        webhooks.emit("FULFILLMENT_CREATED", fulfillment)
        if fulfillment.tracking_number:
            webhooks.emit("FULFILLMENT_TRACKING_NUMBER_UPDATED", fulfillment)
    webhooks.emit("ORDER_UPDATED", order)
    if order.status == OrderStatus.FULFILLED:
        webhooks.emit("ORDER_FULFILLED", order)
        for fulfillment in fulfillments:
            webhooks.emit("FULFILLMENT_APPROVED", fulfillment)


def _new_fulfillment(order: Order, *, status: str, tracking_number: str = "") -> Fulfillment:
    last = order.fulfillments.aggregate(last=Max("fulfillment_order", default=0))["last"]
    return Fulfillment.objects.create(
        order=order,
        fulfillment_order=last + 1,
        status=status,
        tracking_number=tracking_number,
    )


def _check(order: Order, sendings: Sequence[Sending]) -> None:
    if order.status in NOT_FULFILLABLE:
        raise refuse("INVALID", f"An order with status {order.status} cannot be fulfilled.")
    if order.charge_status not in ("FULL", "OVERCHARGED") and (
        not Shop.current().fulfillment_allow_unpaid
    ):
        raise refuse("CANNOT_FULFILL_UNPAID_ORDER", "Cannot fulfill unpaid order.", field="order")
    if sum(each.quantity for each in sendings) <= 0:
        raise refuse("ZERO_QUANTITY", "Total quantity must be larger than 0.", field="lines")
    seen: set[tuple[object, object]] = set()
    wanted: dict[OrderLine, int] = {}
    for each in sendings:
        pair = (each.line.pk, each.warehouse.pk)
        if pair in seen:
            raise refuse("DUPLICATED_INPUT_ITEM", "Duplicated warehouse ID.", field="warehouse")
        seen.add(pair)
        wanted[each.line] = wanted.get(each.line, 0) + each.quantity
    for line, quantity in wanted.items():
        if quantity > line.quantity_unfulfilled:
            left = line.quantity_unfulfilled
            raise refuse(
                "FULFILL_ORDER_LINE",
                f"Only {left} item{'' if left == 1 else 's'} remaining to fulfill: {line}.",
                field="orderLineId",
                order_lines=[to_global_id("OrderLine", line.pk)],
            )


def _take(sendings: Sequence[Sending], *, exceed: bool) -> dict[tuple[int | None, object], Stock]:
    """Take the units from the warehouses' stock and from what is allocated to their lines."""
    variants = {each.line.variant_id for each in sendings}
    lines = {each.line.pk for each in sendings}
    allocated = Allocation.objects.filter(order_line__in=lines)
    ids = set(allocated.values_list("stock_id", flat=True)) | set(
        Stock.objects.filter(
            variant__in=variants, warehouse__in=[each.warehouse for each in sendings]
        ).values_list("pk", flat=True)
    )
    locked = lock_stocks(ids)
    by_place: dict[tuple[int | None, object], Stock] = {
        (stock.variant_id, stock.warehouse_id): stock for stock in locked.values()
    }
    for each in sendings:
        variant = each.line.variant
        if variant is None or not variant.track_inventory or each.quantity == 0:
            continue
        stock = by_place.get((variant.pk, each.warehouse.pk))
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
    return by_place


def update_tracking(fulfillment: Fulfillment, tracking_number: str) -> None:
    """Set the carrier's number within the open write, and tell of it."""
    fulfillment.tracking_number = tracking_number
    fulfillment.save(update_fields=["tracking_number"])
    fulfillment.order.save(update_fields=["updated_at"])
    webhooks.emit("FULFILLMENT_TRACKING_NUMBER_UPDATED", fulfillment)
    webhooks.emit("ORDER_UPDATED", fulfillment.order)


def cancel_fulfillment(fulfillment: Fulfillment, warehouse: Warehouse | None) -> None:
    """Take a fulfilment back within the open write: its units return to `warehouse`, allocated.

    Refuses CANNOT_CANCEL_FULFILLMENT when it is no longer in a state to be taken back, and
    REQUIRED when no warehouse is given for units that had left.
    """
    order = lock_order_of(fulfillment)
    fulfillment.refresh_from_db()
    sent = fulfillment.status == FulfillmentStatus.FULFILLED
    if not sent and fulfillment.status != FulfillmentStatus.WAITING_FOR_APPROVAL:
        raise refuse(
            "CANNOT_CANCEL_FULFILLMENT", "This fulfillment can't be canceled", field="fulfillment"
        )
    if sent and warehouse is None:
        raise refuse(
            "REQUIRED", "This parameter is required for this fulfillment.", field="warehouseId"
        )
    lines = list(fulfillment.lines.select_related("order_line__variant"))
    if warehouse is not None:
        _put_back(lines, warehouse)
    for line in lines:
        order_line = OrderLine.objects.get(pk=line.order_line_id)
        order_line.quantity_fulfilled = max(order_line.quantity_fulfilled - line.quantity, 0)
        order_line.save(update_fields=["quantity_fulfilled"])
    fulfillment.status = FulfillmentStatus.CANCELED
    fulfillment.save(update_fields=["status"])
    refresh_status(order)
    webhooks.emit("FULFILLMENT_CANCELED", fulfillment)
    webhooks.emit("ORDER_UPDATED", order)


def _put_back(lines: Sequence[FulfillmentLine], warehouse: Warehouse) -> None:
    variants = [line.order_line.variant for line in lines]
    for variant in variants:
        if variant is not None:
            Stock.objects.get_or_create(variant=variant, warehouse=warehouse)
    found = Stock.objects.filter(
        warehouse=warehouse, variant__in=[each for each in variants if each]
    )
    locked = lock_stocks(found.values_list("pk", flat=True))
    by_variant = {stock.variant_id: stock for stock in locked.values()}
    for line in lines:
        stock = by_variant.get(line.order_line.variant_id or 0)
        if stock is None:
            continue
        stock.quantity += line.quantity
        stock.quantity_allocated += line.quantity
        allocation, _ = Allocation.objects.get_or_create(order_line=line.order_line, stock=stock)
        allocation.quantity_allocated += line.quantity
        allocation.save(update_fields=["quantity_allocated"])
    save_stocks(locked.values())
