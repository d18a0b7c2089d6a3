"""Working on orders: sending, returns, refunds, cancelling, notes, documents."""

from typing import Any

import graphene

from marketplace.embedded import ids, models
from marketplace.embedded.errors import CommandError, refuse
from marketplace.embedded.metadata import metadata_dict
from marketplace.embedded.money import to_minor
from marketplace.embedded.orders import fulfil, refunds, returns
from marketplace.embedded.orders.finding import lock_order, lock_order_of
from marketplace.embedded.schema.base import (
    Info,
    MetadataInput,
    context_of,
    list_of,
)
from marketplace.embedded.schema.checkout_mutations import AddressTypeEnum
from marketplace.embedded.schema.enums import string_enum
from marketplace.embedded.schema.mutation import EngineMutation, error_type
from marketplace.embedded.schema.order_types import (
    MANAGE,
    Fulfillment,
    Invoice,
    Order,
    OrderEvent,
)
from marketplace.embedded.schema.payment_types import OrderGrantedRefund
from marketplace.embedded.schema.scalars import DecimalScalar, PositiveDecimal

OrderError = error_type(
    "OrderError",
    *("CANNOT_CANCEL_FULFILLMENT", "CANNOT_CANCEL_ORDER", "CANNOT_REFUND"),
    *("CANNOT_FULFILL_UNPAID_ORDER", "FULFILL_ORDER_LINE", "INVALID", "NOT_FOUND"),
    *("REQUIRED", "UNIQUE", "ZERO_QUANTITY", "INVALID_QUANTITY", "INSUFFICIENT_STOCK"),
    "DUPLICATED_INPUT_ITEM",
    warehouse=graphene.ID(),
    order_lines=list_of(graphene.ID),
    variants=list_of(graphene.ID),
    address_type=AddressTypeEnum(),
)
OrderGrantRefundCreateLineError = error_type(
    "OrderGrantRefundCreateLineError",
    *("NOT_FOUND", "QUANTITY_GREATER_THAN_AVAILABLE", "INVALID"),
    line_id=graphene.ID(required=True),
)
OrderGrantRefundCreateError = error_type(
    "OrderGrantRefundCreateError",
    *("NOT_FOUND", "SHIPPING_COSTS_ALREADY_GRANTED", "AMOUNT_GREATER_THAN_AVAILABLE"),
    *("REQUIRED", "INVALID"),
    lines=list_of(OrderGrantRefundCreateLineError),
)
InvoiceErrorCode = string_enum(
    "InvoiceErrorCode",
    *("REQUIRED", "NOT_READY", "URL_NOT_SET", "NUMBER_NOT_SET", "NOT_FOUND", "INVALID_STATUS"),
)
OrderNoteAddErrorCode = string_enum("OrderNoteAddErrorCode", "GRAPHQL_ERROR", "REQUIRED")


class InvoiceError(graphene.ObjectType):
    """Why a document was refused."""

    field = graphene.String()
    message = graphene.String()
    code = InvoiceErrorCode(required=True)


class OrderNoteAddError(graphene.ObjectType):
    """Why a note was refused."""

    field = graphene.String()
    message = graphene.String()
    code = OrderNoteAddErrorCode()


def fresh(order: models.Order) -> models.Order:
    """Return the order as a new row, without what this write had loaded."""
    return models.Order.objects.get(pk=order.pk)


class OrderFulfillStockInput(graphene.InputObjectType):
    """Units that leave a warehouse."""

    quantity = graphene.Int(required=True)
    warehouse = graphene.ID(required=True)


class OrderFulfillLineInput(graphene.InputObjectType):
    """A line and what is sent of it."""

    order_line_id = graphene.ID()
    stocks = list_of(OrderFulfillStockInput, required=True)


class OrderFulfillInput(graphene.InputObjectType):
    """What is sent."""

    lines = list_of(OrderFulfillLineInput, required=True)
    notify_customer = graphene.Boolean()
    allow_stock_to_be_exceeded = graphene.Boolean(default_value=False)
    tracking_number = graphene.String()


class OrderFulfill(EngineMutation):
    """Send lines: one fulfilment per warehouse."""

    class Meta:
        error_type = OrderError
        permissions = MANAGE

    class Arguments:
        order = graphene.ID()
        input = OrderFulfillInput(required=True)

    fulfillments = list_of(Fulfillment)
    order = graphene.Field(Order)

    @classmethod
    def perform(
        cls,
        info: Info,
        input: dict[str, Any],
        order: str | None = None,
    ) -> "OrderFulfill":
        locked = lock_order(order, field="order")
        made = fulfil.fulfil(
            locked,
            _sendings(locked, input["lines"]),
            tracking_number=input.get("tracking_number") or "",
            allow_stock_to_be_exceeded=bool(input.get("allow_stock_to_be_exceeded")),
        )
        keys = [each.pk for each in made]
        rows = list(models.Fulfillment.objects.filter(pk__in=keys))
        return cls(fulfillments=rows, order=fresh(locked))


def _sendings(order: models.Order, items: list[dict[str, Any]]) -> list[fulfil.Sending]:
    lines: dict[str, models.OrderLine] = {}
    sendings = []
    for item in items:
        given = item.get("order_line_id") or ""
        if given in lines:
            raise refuse("DUPLICATED_INPUT_ITEM", "Duplicated order line ID.", field="orderLineId")
        own = order.lines.select_related("variant")
        line = lines[given] = ids.fetch(own.all(), given, "OrderLine", field="orderLineId")
        for stock in item["stocks"]:
            warehouse = ids.fetch(
                models.Warehouse.objects.all(), stock["warehouse"], "Warehouse", field="warehouse"
            )
            if stock["quantity"] < 0:
                raise refuse("ZERO_QUANTITY", "Quantity must not be below zero.", field="quantity")
            sendings.append(fulfil.Sending(line, warehouse, stock["quantity"]))
    return sendings


class FulfillmentUpdateTrackingInput(graphene.InputObjectType):
    """The carrier's number."""

    tracking_number = graphene.String()
    notify_customer = graphene.Boolean(default_value=False)


def _fulfillment(global_id: str) -> models.Fulfillment:
    rows = models.Fulfillment.objects.select_related("order")
    return ids.fetch(rows.all(), global_id, "Fulfillment")


class FulfillmentUpdateTracking(EngineMutation):
    """Set a fulfilment's tracking number."""

    class Meta:
        error_type = OrderError
        permissions = MANAGE

    class Arguments:
        id = graphene.ID(required=True)
        input = FulfillmentUpdateTrackingInput(required=True)

    fulfillment = graphene.Field(Fulfillment)
    order = graphene.Field(Order)

    @classmethod
    def perform(cls, info: Info, id: str, input: dict[str, Any]) -> Any:
        fulfillment = _fulfillment(id)
        lock_order_of(fulfillment)
        fulfil.update_tracking(fulfillment, input.get("tracking_number") or "")
        return cls(fulfillment=_fulfillment(id), order=fresh(fulfillment.order))


class FulfillmentCancelInput(graphene.InputObjectType):
    """Where the units go back to."""

    warehouse_id = graphene.ID()


class FulfillmentCancel(EngineMutation):
    """Take a fulfilment back into a warehouse."""

    class Meta:
        error_type = OrderError
        permissions = MANAGE

    class Arguments:
        id = graphene.ID(required=True)
        input = FulfillmentCancelInput()

    fulfillment = graphene.Field(Fulfillment)
    order = graphene.Field(Order)

    @classmethod
    def perform(
        cls,
        info: Info,
        id: str,
        input: dict[str, Any] | None = None,
    ) -> "FulfillmentCancel":
        fulfillment = _fulfillment(id)
        given = (input or {}).get("warehouse_id")
        warehouse = (
            ids.fetch(models.Warehouse.objects.all(), given, "Warehouse", field="warehouseId")
            if given
            else None
        )
        fulfil.cancel_fulfillment(fulfillment, warehouse)
        return cls(fulfillment=_fulfillment(id), order=fresh(fulfillment.order))


class OrderReturnLineInput(graphene.InputObjectType):
    """Units of a line that never left."""

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


class FulfillmentReturnProducts(EngineMutation):
    """Note what came back; money goes back by a granted refund, stock by its own mutation."""

    class Meta:
        error_type = OrderError
        permissions = MANAGE

    class Arguments:
        order = graphene.ID(required=True)
        input = OrderReturnProductsInput(required=True)

    return_fulfillment = graphene.Field(Fulfillment)
    order = graphene.Field(Order)

    @classmethod
    def perform(cls, info: Info, order: str, input: dict[str, Any]) -> Any:
        locked = lock_order(order, field="order")
        if input.get("refund") or input.get("amount_to_refund"):
            raise refuse(
                "CANNOT_REFUND", "The order has no payment of the older kind.", field="refund"
            )
        made = returns.return_products(locked, _returned(locked, input), reason=input.get("reason"))
        target = models.Fulfillment.objects.get(pk=made.pk)
        return cls(return_fulfillment=target, order=fresh(locked))


def _returned(order: models.Order, data: dict[str, Any]) -> list[returns.Returned]:
    found: list[returns.Returned] = []
    sent = models.FulfillmentLine.objects.filter(fulfillment__order=order).select_related(
        "fulfillment", "order_line", "stock"
    )
    for item in [*(data.get("fulfillment_lines") or []), *(data.get("order_lines") or [])]:
        if item.get("replace"):
            raise refuse("INVALID", "Replacement orders are not made here.", field="replace")
        source: models.FulfillmentLine | models.OrderLine
        if "fulfillment_line_id" in item:
            given = item["fulfillment_line_id"]
            source = ids.fetch(sent.all(), given, "FulfillmentLine", field="fulfillmentLineId")
        else:
            given = item["order_line_id"]
            source = ids.fetch(order.lines.all(), given, "OrderLine", field="orderLineId")
        found.append(returns.Returned(source, item["quantity"], item.get("reason")))
    return found


class OrderCancel(EngineMutation):
    """Call an order off."""

    class Meta:
        error_type = OrderError
        permissions = MANAGE

    class Arguments:
        id = graphene.ID(required=True)

    order = graphene.Field(Order)

    @classmethod
    def perform(cls, info: Info, id: str) -> "OrderCancel":
        context = context_of(info)
        order = lock_order(id)
        returns.cancel_order(order, by=context.app or context.user)
        return cls(order=fresh(order))


class OrderConfirm(EngineMutation):
    """Confirm an order that waits for it."""

    class Meta:
        error_type = OrderError
        permissions = MANAGE

    class Arguments:
        id = graphene.ID(required=True)

    order = graphene.Field(Order)

    @classmethod
    def perform(cls, info: Info, id: str) -> "OrderConfirm":
        context = context_of(info)
        order = lock_order(id)
        returns.confirm_order(order, by=context.app or context.user)
        return cls(order=fresh(order))


class OrderGrantRefundCreateLineInput(graphene.InputObjectType):
    """Units of a line that the refund covers."""

    id = graphene.ID(required=True)
    quantity = graphene.Int(required=True)
    reason = graphene.String()


class OrderGrantRefundCreateInput(graphene.InputObjectType):
    """A refund; without an amount, that of its lines and shipping."""

    amount = graphene.InputField(DecimalScalar)
    reason = graphene.String()
    lines = list_of(OrderGrantRefundCreateLineInput)
    grant_refund_for_shipping = graphene.Boolean()
    transaction_id = graphene.ID(required=True)


class OrderGrantRefundCreate(EngineMutation):
    """Grant a refund."""

    class Meta:
        error_type = OrderGrantRefundCreateError
        permissions = MANAGE

    class Arguments:
        id = graphene.ID(required=True)
        input = OrderGrantRefundCreateInput(required=True)

    order = graphene.Field(Order)
    granted_refund = graphene.Field(OrderGrantedRefund)

    @classmethod
    def perform(cls, info: Info, id: str, input: dict[str, Any]) -> Any:
        context = context_of(info)
        order = lock_order(id)
        transaction = ids.find(order.transactions.all(), input["transaction_id"], "TransactionItem")
        if transaction is None:
            raise refuse("NOT_FOUND", "The order has no such transaction.", field="transactionId")
        amount = input.get("amount")
        granted = refunds.grant_refund(
            order,
            transaction=transaction,
            amount_minor=None if amount is None else to_minor(amount, order.currency),
            lines=_refunded_lines(order, input.get("lines") or []),
            include_shipping=bool(input.get("grant_refund_for_shipping")),
            reason=input.get("reason") or "",
            by=context.app or context.user,
        )
        return cls(order=fresh(order), granted_refund=granted)


def _refunded_lines(order: models.Order, items: list[dict[str, Any]]) -> list[refunds.RefundedLine]:
    found = []
    missing = []
    for item in items:
        line = ids.find(order.lines.all(), item["id"], "OrderLine")
        if line is None or item["quantity"] <= 0:
            code = "NOT_FOUND" if line is None else "INVALID"
            message = "No such line, or no units of it."
            missing.append(
                {"field": "lineId", "message": message, "code": code, "line_id": item["id"]}
            )
            continue
        found.append(refunds.RefundedLine(line, item["quantity"], item.get("reason")))
    if missing:
        message = "Provided input for lines is invalid."
        raise CommandError(
            {"code": "INVALID", "message": message, "field": "lines", "lines": missing}
        )
    return found


class OrderNoteInput(graphene.InputObjectType):
    """A note."""

    message = graphene.String(required=True)


class OrderNoteAdd(EngineMutation):
    """Add a note to an order's history."""

    class Meta:
        error_type = OrderNoteAddError
        permissions = MANAGE

    class Arguments:
        order = graphene.ID(required=True)
        input = OrderNoteInput(required=True)

    order = graphene.Field(Order)
    event = graphene.Field(OrderEvent)

    @classmethod
    def perform(cls, info: Info, order: str, input: dict[str, Any]) -> Any:
        context = context_of(info)
        locked = lock_order(order, field="order")
        message = input["message"].strip()
        if not message:
            raise refuse("REQUIRED", "Message can't be empty.", field="message")
        event = models.OrderEvent.objects.create(
            order=locked, type="NOTE_ADDED", message=message, app=context.app, user=context.user
        )
        return cls(order=fresh(locked), event=event)


class InvoiceCreateInput(graphene.InputObjectType):
    """A document that lies elsewhere."""

    number = graphene.String(required=True)
    url = graphene.String(required=True)
    metadata = list_of(MetadataInput)
    private_metadata = list_of(MetadataInput)


class InvoiceCreate(EngineMutation):
    """Register a document for an order."""

    class Meta:
        error_type = InvoiceError
        permissions = MANAGE

    class Arguments:
        order_id = graphene.ID(required=True)
        input = InvoiceCreateInput(required=True)

    invoice = graphene.Field(Invoice)

    @classmethod
    def perform(cls, info: Info, order_id: str, input: dict[str, Any]) -> Any:
        order = lock_order(order_id, field="orderId")
        for name in ("number", "url"):
            if not input[name].strip():
                raise refuse("REQUIRED", f"{name} cannot be empty.", field=name)
        if order.status in ("DRAFT", "UNCONFIRMED", "EXPIRED") or order.billing_address is None:
            raise refuse(
                "INVALID_STATUS", "Cannot create an invoice for such an order.", field="orderId"
            )
        invoice = models.Invoice.objects.create(
            order=order,
            number=input["number"],
            url=input["url"],
            status=models.InvoiceStatus.SUCCESS,
            metadata=metadata_dict(input.get("metadata")),
            private_metadata=metadata_dict(input.get("private_metadata")),
        )
        return cls(invoice=invoice)


class OrderMutations:
    """Writes of orders."""

    order_fulfill = OrderFulfill.Field()
    order_fulfillment_update_tracking = FulfillmentUpdateTracking.Field()
    order_fulfillment_cancel = FulfillmentCancel.Field()
    order_fulfillment_return_products = FulfillmentReturnProducts.Field()
    order_cancel = OrderCancel.Field()
    order_confirm = OrderConfirm.Field()
    order_grant_refund_create = OrderGrantRefundCreate.Field()
    order_note_add = OrderNoteAdd.Field()
    invoice_create = InvoiceCreate.Field()
