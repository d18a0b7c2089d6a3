"""Importing past orders, up to fifty at a time."""

from typing import Any

import graphene

from marketplace.embedded.orders.bulk_import import LIMIT, import_orders
from marketplace.embedded.orders.bulk_inputs import OrderData
from marketplace.embedded.schema.base import Info, list_of
from marketplace.embedded.schema.enums import string_enum
from marketplace.embedded.schema.error_policy import ErrorPolicyEnum
from marketplace.embedded.schema.mutation import EngineMutation
from marketplace.embedded.schema.orders.bulk_inputs import OrderBulkCreateInput
from marketplace.embedded.schema.orders.order import Order

StockUpdatePolicyEnum = string_enum("StockUpdatePolicyEnum", "SKIP", "UPDATE", "FORCE")
OrderBulkCreateErrorCode = string_enum(
    "OrderBulkCreateErrorCode",
    *("GRAPHQL_ERROR", "REQUIRED", "INVALID", "NOT_FOUND", "UNIQUE", "BULK_LIMIT"),
    *("TOO_MANY_IDENTIFIERS", "FUTURE_DATE", "INVALID_QUANTITY", "PRICE_ERROR", "NOTE_LENGTH"),
    *("INSUFFICIENT_STOCK", "NON_EXISTING_STOCK", "NO_RELATED_ORDER_LINE", "NEGATIVE_INDEX"),
    "INCORRECT_CURRENCY",
)


class OrderBulkCreateError(graphene.ObjectType):
    """Why an order, or a part of it, was refused."""

    path = graphene.String()
    message = graphene.String()
    code = OrderBulkCreateErrorCode()


class OrderBulkCreateResult(graphene.ObjectType):
    """The order that an input became, or why it was refused."""

    order = graphene.Field(Order)
    errors = list_of(OrderBulkCreateError)


class OrderBulkCreate(EngineMutation):
    """Import past orders."""

    class Arguments:
        orders = list_of(OrderBulkCreateInput, required=True)
        error_policy = ErrorPolicyEnum()
        stock_update_policy = StockUpdatePolicyEnum()

    error_type = OrderBulkCreateError
    permissions = ("MANAGE_ORDERS_IMPORT",)
    count = graphene.Int(required=True)
    results = list_of(OrderBulkCreateResult, required=True)

    @classmethod
    def perform(
        cls,
        info: Info,
        orders: list[OrderData],
        error_policy: Any = None,
        stock_update_policy: Any = None,
    ) -> Any:
        if len(orders) > LIMIT:
            message = f"Number of orders exceeds limit: {LIMIT}."
            problem = {"path": "orders", "code": "BULK_LIMIT", "message": message}
            return cls(count=0, results=[], errors=[problem])
        drafts = import_orders(
            orders,
            error_policy=str(error_policy or "REJECT_EVERYTHING"),
            stock_policy=str(stock_update_policy or "UPDATE"),
        )
        results = [
            {"order": None if draft.problems else draft.order, "errors": draft.problems}
            for draft in drafts
        ]
        return cls(count=sum(1 for draft in drafts if not draft.problems), results=results)

    @staticmethod
    def resolve_count(root: Any, _info: Info) -> int:
        return root.count or 0

    @staticmethod
    def resolve_results(root: Any, _info: Info) -> list[Any]:
        return root.results or []


class OrderBulkMutations:
    """Mutations of past orders."""

    order_bulk_create = OrderBulkCreate.Field()
