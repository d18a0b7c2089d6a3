"""Entering payments that were made outside of the engine."""

from typing import Any

import graphene

from marketplace.embedded.orders.locking import lock_order
from marketplace.embedded.payments.external import ExternalPaymentData, add_external_payment
from marketplace.embedded.schema.base import Info, MetadataInput, context_of, list_of
from marketplace.embedded.schema.money import MoneyInput
from marketplace.embedded.schema.payments.errors import TransactionCreateError
from marketplace.embedded.schema.payments.transaction import TransactionActionEnum
from marketplace.embedded.schema.payments.transaction_mutation import TransactionMutation


class TransactionCreateInput(graphene.InputObjectType):
    """A payment that was made outside of the engine."""

    name = graphene.String()
    message = graphene.String()
    psp_reference = graphene.String()
    available_actions = list_of(TransactionActionEnum)
    amount_authorized = graphene.InputField(MoneyInput)
    amount_charged = graphene.InputField(MoneyInput)
    amount_refunded = graphene.InputField(MoneyInput)
    amount_canceled = graphene.InputField(MoneyInput)
    metadata = list_of(MetadataInput)
    private_metadata = list_of(MetadataInput)
    external_url = graphene.String()


class TransactionCreate(TransactionMutation):
    """Add a payment that was made outside of the engine to an order."""

    class Arguments:
        id = graphene.ID(required=True)
        transaction = TransactionCreateInput(required=True)

    atomic = True
    error_type = TransactionCreateError
    permissions = ("HANDLE_PAYMENTS",)

    @classmethod
    def perform(cls, info: Info, id: str, transaction: ExternalPaymentData) -> Any:
        order = lock_order(id)
        return cls(transaction=add_external_payment(order, transaction, by=context_of(info).caller))
