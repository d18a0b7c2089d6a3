"""Inputs of past orders."""

import graphene

from marketplace.embedded.schema.address import AddressInput
from marketplace.embedded.schema.base import MetadataInput, list_of
from marketplace.embedded.schema.enums import LanguageCodeEnum
from marketplace.embedded.schema.orders.order import OrderStatus
from marketplace.embedded.schema.payments.create_mutation import TransactionCreateInput
from marketplace.embedded.schema.scalars import PositiveDecimal, WeightScalar


class TaxedMoneyInput(graphene.InputObjectType):
    """A price with and without tax, in major units of the order's currency."""

    gross = PositiveDecimal(required=True)
    net = PositiveDecimal(required=True)


class OrderBulkCreateUserInput(graphene.InputObjectType):
    """The buyer; an e-mail alone is a guest's."""

    id = graphene.ID()
    email = graphene.String()
    external_reference = graphene.String()


class OrderBulkCreateDeliveryMethodInput(graphene.InputObjectType):
    """How the order was delivered."""

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
    """A note of the order's history."""

    message = graphene.String(required=True)
    date = graphene.DateTime()
    app_id = graphene.ID()


class OrderBulkCreateFulfillmentLineInput(graphene.InputObjectType):
    """Units that were sent of a line, which is given by its position in the order."""

    variant_id = graphene.ID()
    variant_sku = graphene.String()
    variant_external_reference = graphene.String()
    quantity = graphene.Int(required=True)
    warehouse = graphene.ID(required=True)
    order_line_index = graphene.Int(required=True)


class OrderBulkCreateFulfillmentInput(graphene.InputObjectType):
    """A fulfilment."""

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
