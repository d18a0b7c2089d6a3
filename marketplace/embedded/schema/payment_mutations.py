"""Paying: gateways, sessions, requested actions, reports."""

from typing import Any

import graphene

from marketplace.embedded import ids, models, unit_of_work, webhooks
from marketplace.embedded.checkouts import prices
from marketplace.embedded.context import RequestContext
from marketplace.embedded.errors import PermissionDenied, refuse
from marketplace.embedded.metadata import metadata_dict
from marketplace.embedded.money import to_minor
from marketplace.embedded.orders.finding import lock_order
from marketplace.embedded.payments import actions, past, reports, sessions
from marketplace.embedded.payments.records import EventContradicts, Report
from marketplace.embedded.schema.base import (
    Info,
    MetadataInput,
    context_of,
    list_of,
)
from marketplace.embedded.schema.enums import TransactionFlowStrategyEnum
from marketplace.embedded.schema.money import MoneyInput
from marketplace.embedded.schema.mutation import EngineMutation, error_type
from marketplace.embedded.schema.payment_types import (
    TransactionActionEnum,
    TransactionEvent,
    TransactionEventTypeEnum,
    TransactionItem,
)
from marketplace.embedded.schema.scalars import JSON, PositiveDecimal

PaymentGatewayConfigError = error_type("PaymentGatewayConfigError", "INVALID", "NOT_FOUND")
PaymentGatewayInitializeError = error_type("PaymentGatewayInitializeError", "INVALID", "NOT_FOUND")
TransactionInitializeError = error_type(
    "TransactionInitializeError",
    *("INVALID", "NOT_FOUND", "UNIQUE", "CHECKOUT_COMPLETION_IN_PROGRESS"),
)
TransactionProcessError = error_type(
    "TransactionProcessError",
    *("INVALID", "NOT_FOUND", "TRANSACTION_ALREADY_PROCESSED", "MISSING_PAYMENT_APP_RELATION"),
    *("MISSING_PAYMENT_APP", "CHECKOUT_COMPLETION_IN_PROGRESS"),
)
TransactionRequestActionError = error_type(
    "TransactionRequestActionError",
    *("INVALID", "REQUIRED", "NOT_FOUND", "MISSING_TRANSACTION_ACTION_REQUEST_WEBHOOK"),
)
TransactionRequestRefundForGrantedRefundError = error_type(
    "TransactionRequestRefundForGrantedRefundError",
    *("INVALID", "NOT_FOUND", "AMOUNT_GREATER_THAN_AVAILABLE", "REFUND_ALREADY_PROCESSED"),
    *("MISSING_TRANSACTION_ACTION_REQUEST_WEBHOOK", "REFUND_IS_PENDING"),
)
TransactionEventReportError = error_type(
    "TransactionEventReportError",
    *("INVALID", "NOT_FOUND", "INCORRECT_DETAILS", "ALREADY_EXISTS", "REQUIRED"),
)
TransactionCreateError = error_type(
    "TransactionCreateError",
    *("INVALID", "NOT_FOUND", "INCORRECT_CURRENCY", "METADATA_KEY_REQUIRED", "UNIQUE"),
)


class PaymentGatewayToInitialize(graphene.InputObjectType):
    """A payment App and what it needs to know."""

    id = graphene.String(required=True)
    data = graphene.InputField(JSON)


class PaymentGatewayConfig(graphene.ObjectType):
    """What a payment App answered."""

    id = graphene.String(required=True)
    data = graphene.Field(JSON)
    errors = list_of(PaymentGatewayConfigError)


def _source(global_id: str) -> models.Checkout | models.Order:
    """Return the checkout (with prices that hold) or the order; refuses NOT_FOUND and INVALID."""
    decoded = ids.from_global_id(global_id)
    if decoded is None or decoded.type_name not in ("Checkout", "Order"):
        raise refuse("INVALID", "Expected `Checkout` or `Order` ID.", field="id")
    if decoded.type_name == "Order":
        return ids.fetch(models.Order.objects.select_related("channel"), global_id, "Order")
    rows = models.Checkout.objects.select_related("channel")
    return prices.current(ids.fetch(rows.all(), global_id, "Checkout"))


def _amount(source: models.Checkout | models.Order, amount: Any) -> int:
    return sessions.open_amount(source) if amount is None else to_minor(amount, source.currency)


def _transaction(global_id: str | None, token: Any) -> models.TransactionItem:
    if token is not None:
        global_id = ids.to_global_id("TransactionItem", token)
    return ids.fetch(models.TransactionItem.objects.all(), global_id, "TransactionItem")


class PaymentGatewayInitialize(EngineMutation):
    """Ask payment Apps for what the buyer's page needs."""

    atomic = False

    class Meta:
        error_type = PaymentGatewayInitializeError

    class Arguments:
        id = graphene.ID(required=True)
        amount = PositiveDecimal()
        payment_gateways = list_of(PaymentGatewayToInitialize)

    gateway_configs = list_of(PaymentGatewayConfig)

    @classmethod
    def perform(
        cls,
        info: Info,
        id: str,
        amount: Any = None,
        payment_gateways: list[Any] | None = None,
    ) -> "PaymentGatewayInitialize":
        source = _source(id)
        minor = _amount(source, amount)
        name = "PAYMENT_GATEWAY_INITIALIZE_SESSION"
        data = {each["id"]: each.get("data") for each in payment_gateways or []}
        configs: dict[str, dict[str, Any]] = {}
        for identifier in data:
            configs[identifier] = _unanswered(identifier)
        apps = models.App.objects.filter(is_active=True)
        if payment_gateways is not None:
            apps = apps.filter(identifier__in=data)
        for app in apps:
            session = sessions.GatewaySession(source, minor, data.get(app.identifier))
            for answer in webhooks.call_sync(name, session, app=app):
                configs[app.identifier] = _config(app.identifier, answer.response)
        return cls(gateway_configs=list(configs.values()))


def _config(identifier: str, response: Any) -> dict[str, Any]:
    if not isinstance(response, dict) or "data" not in response:
        return _unanswered(identifier)
    return {"id": identifier, "data": response["data"], "errors": []}


def _unanswered(identifier: str) -> dict[str, Any]:
    message = "Unable to process a payment gateway response."
    error = {"field": "id", "message": message, "code": "NOT_FOUND"}
    return {"id": identifier, "data": None, "errors": [error]}


class _SessionMutation(EngineMutation):
    """Base of the two steps of a session."""

    class Meta:
        abstract = True

    atomic = False

    @classmethod
    def answer(cls, outcome: sessions.Outcome) -> Any:
        """Return the payload."""
        return cls(
            transaction=outcome.transaction,
            transaction_event=outcome.event,
            data=outcome.data,
        )


class TransactionInitialize(_SessionMutation):
    """Start a payment with an App."""

    class Meta:
        error_type = TransactionInitializeError

    class Arguments:
        id = graphene.ID(required=True)
        amount = PositiveDecimal()
        action = TransactionFlowStrategyEnum()
        payment_gateway = PaymentGatewayToInitialize(required=True)
        customer_ip_address = graphene.String()
        idempotency_key = graphene.String()

    transaction = graphene.Field(TransactionItem)
    transaction_event = graphene.Field(TransactionEvent)
    data = graphene.Field(JSON)

    @classmethod
    def perform(cls, info: Info, **arguments: Any) -> Any:
        context = context_of(info)
        if arguments.get("idempotency_key") == "":
            raise refuse(
                "INVALID", "Cannot be provided as an empty string.", field="idempotencyKey"
            )
        if arguments.get("action") or arguments.get("customer_ip_address"):
            _require_payment_app(context)
        source = _source(arguments["id"])
        gateway = arguments["payment_gateway"]
        outcome = sessions.initialize(
            source,
            app=sessions.gateway_app(gateway["id"]),
            amount_minor=_amount(source, arguments.get("amount")),
            action=arguments.get("action") or source.channel.default_transaction_flow_strategy,
            data=gateway.get("data"),
            idempotency_key=arguments.get("idempotency_key"),
            customer_ip_address=arguments.get("customer_ip_address"),
        )
        return cls.answer(outcome)


def _require_payment_app(context: RequestContext) -> None:
    if context.app is None:
        raise PermissionDenied(("HANDLE_PAYMENTS",))
    context.require("HANDLE_PAYMENTS")


class TransactionProcess(_SessionMutation):
    """Continue a payment that asked for a further step."""

    class Meta:
        error_type = TransactionProcessError

    class Arguments:
        id = graphene.ID()
        token = graphene.UUID()
        data = JSON()
        customer_ip_address = graphene.String()

    transaction = graphene.Field(TransactionItem)
    transaction_event = graphene.Field(TransactionEvent)
    data = graphene.Field(JSON)

    @classmethod
    def perform(cls, info: Info, **arguments: Any) -> Any:
        if arguments.get("customer_ip_address"):
            _require_payment_app(context_of(info))
        transaction = _transaction(arguments.get("id"), arguments.get("token"))
        outcome = sessions.process(
            transaction,
            data=arguments.get("data"),
            customer_ip_address=arguments.get("customer_ip_address"),
        )
        return cls.answer(outcome)


class TransactionRequestAction(EngineMutation):
    """Ask a payment's App to charge, refund or cancel."""

    atomic = False

    class Meta:
        error_type = TransactionRequestActionError
        permissions = ("HANDLE_PAYMENTS",)

    class Arguments:
        id = graphene.ID()
        token = graphene.UUID()
        action_type = TransactionActionEnum(required=True)
        amount = PositiveDecimal()
        refund_reason = graphene.String()
        refund_reason_reference = graphene.ID()

    transaction = graphene.Field(TransactionItem)

    @classmethod
    def perform(cls, info: Info, **arguments: Any) -> "TransactionRequestAction":
        context = context_of(info)
        transaction = _transaction(arguments.get("id"), arguments.get("token"))
        kind = arguments["action_type"].value
        if arguments.get("refund_reason") and kind != "REFUND":
            raise refuse(
                "INVALID", "Reason can be set only for REFUND action.", field="refundReason"
            )
        amount = arguments.get("amount")
        done = actions.request_action(
            transaction,
            kind=kind,
            amount_minor=None if amount is None else to_minor(amount, transaction.currency),
            message=arguments.get("refund_reason") or "",
            by=context.app or context.user,
        )
        return cls(transaction=done)


class TransactionRequestRefundForGrantedRefund(EngineMutation):
    """Ask a payment's App to pay a granted refund."""

    atomic = False

    class Meta:
        error_type = TransactionRequestRefundForGrantedRefundError
        permissions = ("HANDLE_PAYMENTS",)

    class Arguments:
        id = graphene.ID()
        token = graphene.UUID()
        granted_refund_id = graphene.ID(required=True)

    transaction = graphene.Field(TransactionItem)

    @classmethod
    def perform(cls, info: Info, **arguments: Any) -> "TransactionRequestRefundForGrantedRefund":
        context = context_of(info)
        granted = ids.fetch(
            models.GrantedRefund.objects.select_related("order"),
            arguments["granted_refund_id"],
            "OrderGrantedRefund",
            field="grantedRefundId",
        )
        given = arguments.get("id") or arguments.get("token")
        transaction = (
            _transaction(arguments.get("id"), arguments.get("token"))
            if given
            else granted.transaction
        )
        if transaction is None or transaction.order_id != granted.order_id:
            raise refuse(
                "INVALID", "The granted refund belongs to another order.", field="grantedRefundId"
            )
        done = actions.request_granted_refund(transaction, granted, by=context.app or context.user)
        return cls(transaction=done)


class TransactionEventReport(EngineMutation):
    """Report what happened to a payment."""

    atomic = False

    class Meta:
        error_type = TransactionEventReportError
        permissions = ("HANDLE_PAYMENTS",)

    class Arguments:
        id = graphene.ID()
        token = graphene.UUID()
        psp_reference = graphene.String(required=True)
        type = TransactionEventTypeEnum(required=True)
        amount = PositiveDecimal()
        time = graphene.DateTime()
        external_url = graphene.String()
        message = graphene.String()
        available_actions = list_of(TransactionActionEnum)
        transaction_metadata = list_of(MetadataInput)
        transaction_private_metadata = list_of(MetadataInput)

    already_processed = graphene.Boolean()
    transaction = graphene.Field(TransactionItem)
    transaction_event = graphene.Field(TransactionEvent)

    @classmethod
    def perform(cls, info: Info, **arguments: Any) -> "TransactionEventReport":
        context = context_of(info)
        by = context.app or context.user
        transaction = _transaction(arguments.get("id"), arguments.get("token"))
        report = _report(transaction, arguments)
        available = arguments.get("available_actions")
        try:
            with unit_of_work.write():
                changed, event, known = reports.report_event(
                    transaction,
                    report,
                    available_actions=None if available is None else [x.value for x in available],
                    metadata=metadata_dict(arguments.get("transaction_metadata")),
                    private_metadata=metadata_dict(arguments.get("transaction_private_metadata")),
                    by=by,
                )
        except EventContradicts as problem:
            with unit_of_work.write():
                reports.keep_contradiction(transaction, report, str(problem))
            raise refuse(problem.code, str(problem), field="pspReference") from problem
        return cls(already_processed=known, transaction=changed, transaction_event=event)


def _report(transaction: models.TransactionItem, arguments: dict[str, Any]) -> Report:
    kind = arguments["type"].value
    reference = arguments["psp_reference"]
    amount = arguments.get("amount")
    return Report(
        type=kind,
        psp_reference=reference,
        amount_minor=(
            reports.known_amount(transaction, kind, reference)
            if amount is None
            else to_minor(amount, transaction.currency)
        ),
        message=arguments.get("message") or "",
        external_url=arguments.get("external_url") or "",
        time=arguments.get("time"),
    )


class TransactionCreateInput(graphene.InputObjectType):
    """A payment that was made elsewhere."""

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


class TransactionCreate(EngineMutation):
    """Add a payment that was made elsewhere to an order."""

    class Meta:
        error_type = TransactionCreateError
        permissions = ("HANDLE_PAYMENTS",)

    class Arguments:
        id = graphene.ID(required=True)
        transaction = TransactionCreateInput(required=True)

    transaction = graphene.Field(TransactionItem)

    @classmethod
    def perform(
        cls,
        info: Info,
        id: str,
        transaction: dict[str, Any],
    ) -> "TransactionCreate":
        context = context_of(info)
        order = lock_order(id)
        item = past.add_past_payment(
            order,
            transaction,
            metadata=metadata_dict(transaction.get("metadata")),
            private_metadata=metadata_dict(transaction.get("private_metadata")),
            by=context.app or context.user,
        )
        return cls(transaction=item)


class PaymentQueries:
    """Reads of payments."""

    transaction = graphene.Field(TransactionItem, id=graphene.ID(), token=graphene.UUID())

    @staticmethod
    def resolve_transaction(
        _root: Any,
        info: Info,
        id: str | None = None,
        token: Any = None,
    ) -> models.TransactionItem | None:
        context_of(info).require("HANDLE_PAYMENTS", "MANAGE_ORDERS")
        if token is not None:
            id = ids.to_global_id("TransactionItem", token)  # noqa: A001
        return ids.find(models.TransactionItem.objects.all(), id, "TransactionItem")


class PaymentMutations:
    """Writes of payments."""

    payment_gateway_initialize = PaymentGatewayInitialize.Field()
    transaction_initialize = TransactionInitialize.Field()
    transaction_process = TransactionProcess.Field()
    transaction_create = TransactionCreate.Field()
    transaction_request_action = TransactionRequestAction.Field()
    transaction_request_refund_for_granted_refund = TransactionRequestRefundForGrantedRefund.Field()
    transaction_event_report = TransactionEventReport.Field()
