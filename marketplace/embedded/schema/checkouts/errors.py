"""Error types of the mutations of checkouts."""

import graphene

from marketplace.embedded.schema.address import AddressTypeEnum
from marketplace.embedded.schema.base import list_of
from marketplace.embedded.schema.mutation import error_type

CheckoutError = error_type(
    "CheckoutError",
    *("BILLING_ADDRESS_NOT_SET", "CHECKOUT_NOT_FULLY_PAID", "PRODUCT_NOT_PUBLISHED"),
    *("PRODUCT_UNAVAILABLE_FOR_PURCHASE", "INSUFFICIENT_STOCK", "INVALID"),
    *("INVALID_SHIPPING_METHOD", "NOT_FOUND", "PAYMENT_ERROR", "QUANTITY_GREATER_THAN_LIMIT"),
    *("REQUIRED", "SHIPPING_ADDRESS_NOT_SET", "SHIPPING_METHOD_NOT_APPLICABLE"),
    *("DELIVERY_METHOD_NOT_APPLICABLE", "SHIPPING_METHOD_NOT_SET", "SHIPPING_NOT_REQUIRED"),
    *("TAX_ERROR", "UNIQUE", "ZERO_QUANTITY", "MISSING_CHANNEL_SLUG", "CHANNEL_INACTIVE"),
    *("UNAVAILABLE_VARIANT_IN_CHANNEL", "EMAIL_NOT_SET", "NO_LINES", "MISSING_ADDRESS_DATA"),
    "VOUCHER_NOT_APPLICABLE",
    variants=list_of(graphene.ID),
    lines=list_of(graphene.ID),
    address_type=AddressTypeEnum(),
)
DeliveryOptionsCalculateError = error_type("DeliveryOptionsCalculateError", "NOT_FOUND", "INVALID")
