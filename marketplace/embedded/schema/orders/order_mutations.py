"""Mutations of orders: cancelling, confirming, changing the buyer, notes."""

from typing import Any

import graphene

from marketplace.embedded import models
from marketplace.embedded.orders.cancel_order import cancel_order
from marketplace.embedded.orders.confirm_order import confirm_order
from marketplace.embedded.orders.history import add_note
from marketplace.embedded.orders.locking import lock_order
from marketplace.embedded.orders.update_order import OrderChange, update_order
from marketplace.embedded.schema.address import AddressInput
from marketplace.embedded.schema.base import Info, context_of
from marketplace.embedded.schema.mutation import EngineMutation
from marketplace.embedded.schema.orders.access import MANAGE
from marketplace.embedded.schema.orders.errors import OrderError, OrderNoteAddError
from marketplace.embedded.schema.orders.order import Order
from marketplace.embedded.schema.orders.order_event import OrderEvent


def reload_order(order: models.Order) -> models.Order:
    """Return the order as stored now, without the relations that were loaded before a write."""
    return models.Order.objects.get(pk=order.pk)


class OrderMutation(EngineMutation):
    """Base of the mutations that answer with an order."""

    class Meta:
        abstract = True

    error_type = OrderError
    permissions = MANAGE
    order = graphene.Field(Order)


class OrderCancel(OrderMutation):
    """Cancel an order."""

    class Arguments:
        id = graphene.ID(required=True)

    @classmethod
    def perform(cls, info: Info, id: str) -> Any:
        order = lock_order(id)
        cancel_order(order, by=context_of(info).caller)
        return cls(order=reload_order(order))


class OrderConfirm(OrderMutation):
    """Confirm an order that waits for it."""

    class Arguments:
        id = graphene.ID(required=True)

    @classmethod
    def perform(cls, info: Info, id: str) -> Any:
        order = lock_order(id)
        confirm_order(order, by=context_of(info).caller)
        return cls(order=reload_order(order))


class OrderUpdateInput(graphene.InputObjectType):
    """Whose an order is."""

    billing_address = AddressInput()
    user_email = graphene.String()
    shipping_address = AddressInput()


class OrderUpdate(OrderMutation):
    """Change the buyer of an order that is no draft."""

    class Arguments:
        id = graphene.ID()
        input = OrderUpdateInput(required=True)

    @classmethod
    def perform(cls, info: Info, input: dict[str, Any], id: str = "") -> Any:
        order = lock_order(id)
        update_order(order, OrderChange(**input))
        return cls(order=reload_order(order))


class OrderNoteInput(graphene.InputObjectType):
    """A note."""

    message = graphene.String(required=True)


class OrderNoteAdd(OrderMutation):
    """Add a note to an order's history."""

    class Arguments:
        order = graphene.ID(required=True)
        input = OrderNoteInput(required=True)

    error_type = OrderNoteAddError
    event = graphene.Field(OrderEvent)

    @classmethod
    def perform(cls, info: Info, order: str, input: dict[str, Any]) -> Any:
        locked = lock_order(order, field="order")
        event = add_note(locked, input["message"], by=context_of(info).caller)
        return cls(order=reload_order(locked), event=event)
