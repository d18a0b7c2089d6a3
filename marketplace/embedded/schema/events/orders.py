"""Event types of checkouts, orders and fulfilments."""

import graphene

from marketplace.embedded.schema.base import list_of
from marketplace.embedded.schema.checkouts.checkout import Checkout
from marketplace.embedded.schema.delivery import ShippingMethod
from marketplace.embedded.schema.events.event import event_type, part_of_subject, subject_of
from marketplace.embedded.schema.orders.fulfillment import Fulfillment
from marketplace.embedded.schema.orders.order import Order

for _name in (
    *("OrderCreated", "OrderConfirmed", "OrderPaid", "OrderFullyPaid", "OrderUpdated"),
    *("OrderFulfilled", "OrderRefunded", "OrderFullyRefunded", "OrderCancelled"),
    *("OrderExpired", "OrderMetadataUpdated"),
):
    event_type(_name, order=(graphene.Field(Order), subject_of))

event_type("OrderBulkCreated", orders=(list_of(Order), subject_of))

for _name in ("FulfillmentCreated", "FulfillmentApproved"):
    event_type(
        _name,
        fulfillment=(graphene.Field(Fulfillment), subject_of),
        order=(graphene.Field(Order), part_of_subject("order")),
        notify_customer=(graphene.Boolean(required=True), lambda _occurrence: False),
    )

for _name in (
    "FulfillmentCanceled",
    "FulfillmentTrackingNumberUpdated",
    "FulfillmentMetadataUpdated",
):
    event_type(
        _name,
        fulfillment=(graphene.Field(Fulfillment), subject_of),
        order=(graphene.Field(Order), part_of_subject("order")),
    )

for _name in (
    "CheckoutCreated",
    "CheckoutUpdated",
    "CheckoutFullyPaid",
    "CheckoutMetadataUpdated",
):
    event_type(_name, checkout=(graphene.Field(Checkout), subject_of))

event_type(
    "ShippingListMethodsForCheckout",
    checkout=(graphene.Field(Checkout), subject_of),
    shipping_methods=(
        list_of(ShippingMethod),
        lambda occurrence: list(occurrence.subject.deliveries.all()),
    ),
)
