"""Returning products of an order."""

from typing import Any

import graphene

from marketplace.embedded import ids, models
from marketplace.embedded.errors import refuse
from marketplace.embedded.orders.locking import lock_order
from marketplace.embedded.orders.return_products import Returned, return_products
from marketplace.embedded.schema.base import Info, list_of
from marketplace.embedded.schema.orders.fulfillment import Fulfillment
from marketplace.embedded.schema.orders.order_mutations import OrderMutation, reload_order
from marketplace.embedded.schema.scalars import PositiveDecimal


class OrderReturnLineInput(graphene.InputObjectType):
    """Units of a line that were never sent."""

    order_line_id = graphene.ID(required=True)
    quantity = graphene.Int(required=True)
    replace = graphene.Boolean(default_value=False)
    reason = graphene.String()


class OrderReturnFulfillmentLineInput(graphene.InputObjectType):
    """Units of a fulfilment that came back."""

    fulfillment_line_id = graphene.ID(required=True)
    quantity = graphene.Int(required=True)
    replace = graphene.Boolean(default_value=False)
    reason = graphene.String()


class OrderReturnProductsInput(graphene.InputObjectType):
    """What came back."""

    order_lines = list_of(OrderReturnLineInput)
    fulfillment_lines = list_of(OrderReturnFulfillmentLineInput)
    amount_to_refund = graphene.InputField(PositiveDecimal)
    include_shipping_costs = graphene.Boolean(default_value=False)
    refund = graphene.Boolean(default_value=False)
    reason = graphene.String()


class FulfillmentReturnProducts(OrderMutation):
    """Record what came back; money is returned by a granted refund, stock is set separately."""

    class Arguments:
        order = graphene.ID(required=True)
        input = OrderReturnProductsInput(required=True)

    return_fulfillment = graphene.Field(Fulfillment)

    @classmethod
    def perform(cls, info: Info, order: str, input: dict[str, Any]) -> Any:
        locked = lock_order(order, field="order")
        if input.get("refund") or input.get("amount_to_refund"):
            message = "The order has no payment of the older kind."
            raise refuse("CANNOT_REFUND", message, field="refund")
        made = return_products(locked, _returned(locked, input), reason=input.get("reason"))
        target = models.Fulfillment.objects.get(pk=made.pk)
        return cls(return_fulfillment=target, order=reload_order(locked))


def _returned(order: models.Order, data: dict[str, Any]) -> list[Returned]:
    sent = models.FulfillmentLine.objects.filter(fulfillment__order=order).select_related(
        "fulfillment", "order_line", "stock"
    )
    found: list[Returned] = []
    for item in [*(data.get("fulfillment_lines") or []), *(data.get("order_lines") or [])]:
        if item.get("replace"):
            raise refuse("INVALID", "This engine makes no replacement orders.", field="replace")
        source: models.FulfillmentLine | models.OrderLine
        if "fulfillment_line_id" in item:
            given = item["fulfillment_line_id"]
            source = ids.fetch(sent.all(), given, "FulfillmentLine", field="fulfillmentLineId")
        else:
            given = item["order_line_id"]
            source = ids.fetch(order.lines.all(), given, "OrderLine", field="orderLineId")
        found.append(Returned(source, item["quantity"], item.get("reason")))
    return found
