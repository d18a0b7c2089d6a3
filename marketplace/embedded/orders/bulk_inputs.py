"""What the inputs of imported orders hold.

Amounts are in major units of the order's currency, weights in kilograms unless they name their
unit; ids are global ids. Paths of problems lead into these inputs.
"""

from datetime import datetime
from decimal import Decimal
from typing import Any, Required, TypedDict

from marketplace.embedded.addresses import AddressData
from marketplace.embedded.metadata import MetadataItem
from marketplace.embedded.payments.external import ExternalPaymentData


class TaxedMoneyData(TypedDict):
    """A price with and without tax."""

    gross: Decimal
    net: Decimal


class BuyerData(TypedDict, total=False):
    """Who bought; an e-mail alone is a guest's."""

    id: str | None
    email: str | None
    external_reference: str | None


class DeliveryData(TypedDict, total=False):
    """How the order was delivered."""

    shipping_method_id: str | None
    shipping_method_name: str | None
    shipping_price: TaxedMoneyData | None
    shipping_tax_rate: Decimal | None
    shipping_tax_class_id: str | None


class VariantKeyData(TypedDict, total=False):
    """A variant, by one of its identifiers."""

    variant_id: str | None
    variant_sku: str | None
    variant_external_reference: str | None


class LineData(VariantKeyData, total=False):
    """A line with its totals."""

    variant_name: str | None
    product_name: str | None
    product_sku: str | None
    translated_variant_name: str | None
    translated_product_name: str | None
    created_at: Required[datetime]
    is_shipping_required: Required[bool]
    quantity: Required[int]
    total_price: Required[TaxedMoneyData]
    undiscounted_total_price: Required[TaxedMoneyData]
    warehouse: Required[str]
    metadata: list[MetadataItem] | None
    private_metadata: list[MetadataItem] | None
    tax_rate: Decimal | None
    tax_class_id: str | None
    tax_class_name: str | None


class NoteData(TypedDict, total=False):
    """A note of the order's history."""

    message: Required[str]
    date: datetime | None
    app_id: str | None


class FulfillmentLineData(VariantKeyData, total=False):
    """Units that were sent of a line; `order_line_index` is its position in the order's lines."""

    quantity: Required[int]
    warehouse: Required[str]
    order_line_index: Required[int]


class FulfillmentData(TypedDict, total=False):
    """A fulfilment."""

    tracking_code: str | None
    lines: list[FulfillmentLineData] | None


class InvoiceData(TypedDict, total=False):
    """A document."""

    created_at: Required[datetime]
    number: str | None
    url: str | None
    metadata: list[MetadataItem] | None
    private_metadata: list[MetadataItem] | None


class OrderData(TypedDict, total=False):
    """A past order."""

    external_reference: str | None
    channel: Required[str]
    created_at: Required[datetime]
    status: Any
    user: Required[BuyerData]
    billing_address: Required[AddressData]
    shipping_address: AddressData | None
    currency: Required[str]
    metadata: list[MetadataItem] | None
    private_metadata: list[MetadataItem] | None
    customer_note: str | None
    notes: list[NoteData] | None
    language_code: Required[Any]
    display_gross_prices: bool | None
    weight: Decimal | None
    redirect_url: str | None
    lines: Required[list[LineData]]
    delivery_method: DeliveryData | None
    fulfillments: list[FulfillmentData] | None
    transactions: list[ExternalPaymentData] | None
    invoices: list[InvoiceData] | None
