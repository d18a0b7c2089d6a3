"""Mutations of fulfilments."""

from typing import Any

import graphene

from marketplace.embedded import ids, models
from marketplace.embedded.errors import refuse
from marketplace.embedded.orders.change_fulfillment import cancel_fulfillment, update_tracking
from marketplace.embedded.orders.fulfill import Shipment, fulfill
from marketplace.embedded.orders.locking import lock_order
from marketplace.embedded.schema.base import Info, list_of
from marketplace.embedded.schema.orders.fulfillment import Fulfillment
from marketplace.embedded.schema.orders.order_mutations import OrderMutation, reload_order


class OrderFulfillStockInput(graphene.InputObjectType):
    """Units that leave a warehouse."""

    quantity = graphene.Int(required=True)
    warehouse = graphene.ID(required=True)


class OrderFulfillLineInput(graphene.InputObjectType):
    """A line, and what is sent of it."""

    order_line_id = graphene.ID()
    stocks = list_of(OrderFulfillStockInput, required=True)


class OrderFulfillInput(graphene.InputObjectType):
    """What is sent."""

    lines = list_of(OrderFulfillLineInput, required=True)
    notify_customer = graphene.Boolean()
    allow_stock_to_be_exceeded = graphene.Boolean(default_value=False)
    tracking_number = graphene.String()


class OrderFulfill(OrderMutation):
    """Send lines: one fulfilment for each warehouse."""

    class Arguments:
        order = graphene.ID()
        input = OrderFulfillInput(required=True)

    fulfillments = list_of(Fulfillment)

    @classmethod
    def perform(cls, info: Info, input: dict[str, Any], order: str | None = None) -> Any:
        locked = lock_order(order, field="order")
        made = fulfill(
            locked,
            _shipments(locked, input["lines"]),
            tracking_number=input.get("tracking_number") or "",
            allow_stock_to_be_exceeded=bool(input.get("allow_stock_to_be_exceeded")),
        )
        rows = models.Fulfillment.objects.filter(pk__in=[each.pk for each in made])
        return cls(fulfillments=list(rows), order=reload_order(locked))


def _shipments(order: models.Order, items: list[dict[str, Any]]) -> list[Shipment]:
    seen: set[str] = set()
    shipments = []
    for item in items:
        given = item.get("order_line_id") or ""
        if given in seen:
            raise refuse("DUPLICATED_INPUT_ITEM", "Duplicated order line ID.", field="orderLineId")
        seen.add(given)
        own = order.lines.select_related("variant")
        line = ids.fetch(own.all(), given, "OrderLine", field="orderLineId")
        for stock in item["stocks"]:
            warehouse = _warehouse(stock["warehouse"], field="warehouse")
            if stock["quantity"] < 0:
                raise refuse("ZERO_QUANTITY", "Quantity must not be below zero.", field="quantity")
            shipments.append(Shipment(line, warehouse, stock["quantity"]))
    return shipments


def _warehouse(global_id: str, *, field: str) -> models.Warehouse:
    return ids.fetch(models.Warehouse.objects.all(), global_id, "Warehouse", field=field)


def _fulfillment(global_id: str) -> models.Fulfillment:
    rows = models.Fulfillment.objects.select_related("order")
    return ids.fetch(rows.all(), global_id, "Fulfillment")


class FulfillmentUpdateTrackingInput(graphene.InputObjectType):
    """The carrier's tracking number."""

    tracking_number = graphene.String()
    notify_customer = graphene.Boolean(default_value=False)


class FulfillmentMutation(OrderMutation):
    """Base of the mutations that answer with a fulfilment and its order."""

    class Meta:
        abstract = True

    fulfillment = graphene.Field(Fulfillment)


class FulfillmentUpdateTracking(FulfillmentMutation):
    """Set a fulfilment's tracking number."""

    class Arguments:
        id = graphene.ID(required=True)
        input = FulfillmentUpdateTrackingInput(required=True)

    @classmethod
    def perform(cls, info: Info, id: str, input: dict[str, Any]) -> Any:
        fulfillment = _fulfillment(id)
        update_tracking(fulfillment, input.get("tracking_number") or "")
        return cls(fulfillment=_fulfillment(id), order=reload_order(fulfillment.order))


class FulfillmentCancelInput(graphene.InputObjectType):
    """The warehouse that the units return to."""

    warehouse_id = graphene.ID()


class FulfillmentCancel(FulfillmentMutation):
    """Cancel a fulfilment, and return its units to a warehouse."""

    class Arguments:
        id = graphene.ID(required=True)
        input = FulfillmentCancelInput()

    @classmethod
    def perform(cls, info: Info, id: str, input: dict[str, Any] | None = None) -> Any:
        fulfillment = _fulfillment(id)
        given = (input or {}).get("warehouse_id")
        warehouse = _warehouse(given, field="warehouseId") if given else None
        cancel_fulfillment(fulfillment, warehouse)
        return cls(fulfillment=_fulfillment(id), order=reload_order(fulfillment.order))
