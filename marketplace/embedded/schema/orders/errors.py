"""Error types of the mutations of orders."""

import graphene

from marketplace.embedded.schema.address import AddressTypeEnum
from marketplace.embedded.schema.base import list_of
from marketplace.embedded.schema.enums import string_enum
from marketplace.embedded.schema.mutation import error_type

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
