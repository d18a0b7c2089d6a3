"""Starting and continuing a payment."""

from typing import Any

import graphene

from marketplace.embedded.errors import refuse
from marketplace.embedded.payments import sessions
from marketplace.embedded.schema.base import Info, context_of
from marketplace.embedded.schema.enums import TransactionFlowStrategyEnum
from marketplace.embedded.schema.payments.errors import (
    TransactionInitializeError,
    TransactionProcessError,
)
from marketplace.embedded.schema.payments.gateway_mutations import PaymentGatewayToInitialize
from marketplace.embedded.schema.payments.source import (
    amount_or_open,
    find_source,
    find_transaction,
    require_payment_app,
)
from marketplace.embedded.schema.payments.transaction import TransactionEvent
from marketplace.embedded.schema.payments.transaction_mutation import (
    TransactionKey,
    TransactionMutation,
)
from marketplace.embedded.schema.scalars import JSON, PositiveDecimal


class _SessionMutation(TransactionMutation):
    class Meta:
        abstract = True

    transaction_event = graphene.Field(TransactionEvent)
    data = graphene.Field(JSON)

    @classmethod
    def payload(cls, outcome: sessions.Outcome) -> Any:
        """Return the payload of a step."""
        return cls(
            transaction=outcome.transaction, transaction_event=outcome.event, data=outcome.data
        )


class TransactionInitialize(_SessionMutation):
    """Start a payment with an App."""

    class Arguments:
        id = graphene.ID(required=True)
        amount = PositiveDecimal()
        action = TransactionFlowStrategyEnum()
        payment_gateway = PaymentGatewayToInitialize(required=True)
        customer_ip_address = graphene.String()
        idempotency_key = graphene.String()

    error_type = TransactionInitializeError

    @classmethod
    def perform(cls, info: Info, **arguments: Any) -> Any:
        if arguments.get("idempotency_key") == "":
            message = "Cannot be provided as an empty string."
            raise refuse("INVALID", message, field="idempotencyKey")
        if arguments.get("action") or arguments.get("customer_ip_address"):
            require_payment_app(context_of(info))
        source = find_source(arguments["id"])
        gateway = arguments["payment_gateway"]
        outcome = sessions.initialize_session(
            source,
            app=sessions.gateway_app(gateway["id"]),
            amount_minor=amount_or_open(source, arguments.get("amount")),
            action=arguments.get("action") or source.channel.default_transaction_flow_strategy,
            data=gateway.get("data"),
            idempotency_key=arguments.get("idempotency_key"),
            customer_ip_address=arguments.get("customer_ip_address"),
        )
        return cls.payload(outcome)


class TransactionProcess(_SessionMutation):
    """Continue a payment that asked for a further step."""

    class Arguments(TransactionKey):
        data = JSON()
        customer_ip_address = graphene.String()

    error_type = TransactionProcessError

    @classmethod
    def perform(cls, info: Info, **arguments: Any) -> Any:
        if arguments.get("customer_ip_address"):
            require_payment_app(context_of(info))
        outcome = sessions.process_session(
            find_transaction(arguments),
            data=arguments.get("data"),
            customer_ip_address=arguments.get("customer_ip_address"),
        )
        return cls.payload(outcome)
