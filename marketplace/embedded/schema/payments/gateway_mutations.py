"""Asking payment Apps what the buyer's payment page needs."""

from typing import Any

import graphene

from marketplace.embedded.payments.gateways import initialize_gateways
from marketplace.embedded.schema.base import Info, list_of
from marketplace.embedded.schema.mutation import EngineMutation
from marketplace.embedded.schema.payments.errors import (
    PaymentGatewayConfigError,
    PaymentGatewayInitializeError,
)
from marketplace.embedded.schema.payments.source import amount_or_open, find_source
from marketplace.embedded.schema.scalars import JSON, PositiveDecimal


class PaymentGatewayToInitialize(graphene.InputObjectType):
    """A payment App, by its identifier, and data for it."""

    id = graphene.String(required=True)
    data = graphene.InputField(JSON)


class PaymentGatewayConfig(graphene.ObjectType):
    """What a payment App answered."""

    id = graphene.String(required=True)
    data = graphene.Field(JSON)
    errors = list_of(PaymentGatewayConfigError)


class PaymentGatewayInitialize(EngineMutation):
    """Ask payment Apps what the buyer's payment page needs."""

    class Arguments:
        id = graphene.ID(required=True)
        amount = PositiveDecimal()
        payment_gateways = list_of(PaymentGatewayToInitialize)

    atomic = False
    error_type = PaymentGatewayInitializeError
    gateway_configs = list_of(PaymentGatewayConfig)

    @classmethod
    def perform(
        cls, info: Info, id: str, amount: Any = None, payment_gateways: list[Any] | None = None
    ) -> Any:
        source = find_source(id)
        requested = None
        if payment_gateways is not None:
            requested = {each["id"]: each.get("data") for each in payment_gateways}
        configs = initialize_gateways(
            source, amount_minor=amount_or_open(source, amount), requested=requested
        )
        return cls(gateway_configs=configs)
