"""Bringing in past orders, up to fifty at a time."""

from typing import Any

import graphene

from marketplace.embedded.orders import bulk
from marketplace.embedded.schema.address import AddressInput
from marketplace.embedded.schema.base import Info, MetadataInput, list_of
from marketplace.embedded.schema.enums import LanguageCodeEnum, string_enum
from marketplace.embedded.schema.error_policy import ErrorPolicyEnum
from marketplace.embedded.schema.mutation import EngineMutation
from marketplace.embedded.schema.order_types import Order, OrderStatus
from marketplace.embedded.schema.payment_mutations import TransactionCreateInput
from marketplace.embedded.schema.scalars import PositiveDecimal, WeightScalar

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


class TaxedMoneyInput(graphene.InputObjectType):
    """A price with and without tax, in major units of the order's currency."""

    gross = PositiveDecimal(required=True)
    net = PositiveDecimal(required=True)


class OrderBulkCreateUserInput(graphene.InputObjectType):
    """Who bought; an e-mail alone is a guest."""

    id = graphene.ID()
    email = graphene.String()
    external_reference = graphene.String()


class OrderBulkCreateDeliveryMethodInput(graphene.InputObjectType):
    """How it was delivered."""

    shipping_method_id = graphene.ID()
    shipping_method_name = graphene.String()
    shipping_price = graphene.InputField(TaxedMoneyInput)
    shipping_tax_rate = graphene.InputField(PositiveDecimal)
    shipping_tax_class_id = graphene.ID()


class OrderBulkCreateOrderLineInput(graphene.InputObjectType):
    """A line, with its totals."""

    variant_id = graphene.ID()
    variant_sku = graphene.String()
    variant_external_reference = graphene.String()
    variant_name = graphene.String()
    product_name = graphene.String()
    product_sku = graphene.String()
    translated_variant_name = graphene.String()
    translated_product_name = graphene.String()
    created_at = graphene.DateTime(required=True)
    is_shipping_required = graphene.Boolean(required=True)
    is_gift_card = graphene.Boolean(required=True)
    quantity = graphene.Int(required=True)
    total_price = graphene.InputField(TaxedMoneyInput, required=True)
    undiscounted_total_price = graphene.InputField(TaxedMoneyInput, required=True)
    warehouse = graphene.ID(required=True)
    metadata = list_of(MetadataInput)
    private_metadata = list_of(MetadataInput)
    tax_rate = graphene.InputField(PositiveDecimal)
    tax_class_id = graphene.ID()
    tax_class_name = graphene.String()


class OrderBulkCreateNoteInput(graphene.InputObjectType):
    """A note of its history."""

    message = graphene.String(required=True)
    date = graphene.DateTime()
    app_id = graphene.ID()


class OrderBulkCreateFulfillmentLineInput(graphene.InputObjectType):
    """What was sent of which line, by its place in the order's lines."""

    variant_id = graphene.ID()
    variant_sku = graphene.String()
    variant_external_reference = graphene.String()
    quantity = graphene.Int(required=True)
    warehouse = graphene.ID(required=True)
    order_line_index = graphene.Int(required=True)


class OrderBulkCreateFulfillmentInput(graphene.InputObjectType):
    """A parcel."""

    tracking_code = graphene.String()
    lines = list_of(OrderBulkCreateFulfillmentLineInput)


class OrderBulkCreateInvoiceInput(graphene.InputObjectType):
    """A document."""

    created_at = graphene.DateTime(required=True)
    number = graphene.String()
    url = graphene.String()
    metadata = list_of(MetadataInput)
    private_metadata = list_of(MetadataInput)


class OrderBulkCreateInput(graphene.InputObjectType):
    """A past order."""

    external_reference = graphene.String()
    channel = graphene.String(required=True)
    created_at = graphene.DateTime(required=True)
    status = OrderStatus()
    user = OrderBulkCreateUserInput(required=True)
    billing_address = AddressInput(required=True)
    shipping_address = graphene.InputField(AddressInput)
    currency = graphene.String(required=True)
    metadata = list_of(MetadataInput)
    private_metadata = list_of(MetadataInput)
    customer_note = graphene.String()
    notes = list_of(OrderBulkCreateNoteInput)
    language_code = LanguageCodeEnum(required=True)
    display_gross_prices = graphene.Boolean()
    weight = graphene.InputField(WeightScalar)
    redirect_url = graphene.String()
    lines = list_of(OrderBulkCreateOrderLineInput, required=True)
    delivery_method = graphene.InputField(OrderBulkCreateDeliveryMethodInput)
    fulfillments = list_of(OrderBulkCreateFulfillmentInput)
    transactions = list_of(TransactionCreateInput)
    invoices = list_of(OrderBulkCreateInvoiceInput)


class OrderBulkCreateResult(graphene.ObjectType):
    """What became of one input."""

    order = graphene.Field(Order)
    errors = list_of(OrderBulkCreateError)


class OrderBulkCreate(EngineMutation):
    """Create past orders."""

    class Meta:
        error_type = OrderBulkCreateError
        permissions = ("MANAGE_ORDERS_IMPORT",)

    class Arguments:
        orders = list_of(OrderBulkCreateInput, required=True)
        error_policy = ErrorPolicyEnum()
        stock_update_policy = StockUpdatePolicyEnum()

    count = graphene.Int(required=True)
    results = list_of(OrderBulkCreateResult, required=True)

    @classmethod
    def perform(
        cls,
        info: Info,
        orders: list[dict[str, Any]],
        error_policy: Any = None,
        stock_update_policy: Any = None,
    ) -> "OrderBulkCreate":
        if len(orders) > bulk.LIMIT:
            message = f"Number of orders exceeds limit: {bulk.LIMIT}."
            problem = {"path": "orders", "code": "BULK_LIMIT", "message": message}
            return cls(count=0, results=[], errors=[problem])
        drafts = bulk.create_orders(
            orders,
            error_policy=str(error_policy or "REJECT_EVERYTHING"),
            stock_policy=str(stock_update_policy or "UPDATE"),
        )
        results = [
            {
                "order": None if draft.problems else draft.order,
                "errors": [problem.shown() for problem in draft.problems],
            }
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
    """Writes of past orders."""

    order_bulk_create = OrderBulkCreate.Field()
