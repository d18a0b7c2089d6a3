"""Mutations of the delivery of a checkout."""

from typing import Any

import graphene

from marketplace.embedded.checkouts import changes
from marketplace.embedded.checkouts.delivery_options import (
    calculate_delivery_options,
    choose_delivery_option,
)
from marketplace.embedded.schema.base import Info, list_of
from marketplace.embedded.schema.checkouts.checkout_mutation import (
    CheckoutKey,
    CheckoutMutation,
    key_of,
    reload_checkout,
)
from marketplace.embedded.schema.checkouts.errors import DeliveryOptionsCalculateError
from marketplace.embedded.schema.delivery import Delivery
from marketplace.embedded.schema.mutation import EngineMutation


class DeliveryOptionsCalculate(EngineMutation):
    """Ask the zones and the Apps how the checkout can be delivered."""

    class Arguments:
        id = graphene.ID(required=True)

    atomic = False
    error_type = DeliveryOptionsCalculateError
    deliveries = list_of(Delivery, required=True)

    @classmethod
    def perform(cls, info: Info, id: str) -> Any:
        checkout = changes.find_checkout(changes.checkout_key(id))
        return cls(deliveries=calculate_delivery_options(checkout))

    @staticmethod
    def resolve_deliveries(root: Any, _info: Info) -> list[Any]:
        return root.deliveries or []


class CheckoutDeliveryMethodUpdate(CheckoutMutation):
    """Choose one of the delivery options."""

    class Arguments(CheckoutKey):
        delivery_method_id = graphene.ID()

    atomic = False

    @classmethod
    def perform(cls, info: Info, **arguments: Any) -> Any:
        checkout = changes.find_checkout(key_of(arguments))
        choose_delivery_option(checkout, arguments.get("delivery_method_id"))
        return cls(checkout=reload_checkout(checkout))
