from typing import Optional

from .base_model import BaseModel
from .fragments import (  # noqa: F401
    CheckoutParts,
    CheckoutPartsChannel,
    CheckoutPartsDeliveryMethodShippingMethod,
    CheckoutPartsDeliveryMethodWarehouse,
    CheckoutPartsDiscount,
    CheckoutPartsLines,
    CheckoutPartsMetadata,
    CheckoutPartsShippingAddress,
    CheckoutPartsShippingPrice,
    CheckoutPartsSubtotalPrice,
    CheckoutPartsTotalPrice,
    TransactionParts,
)


class CheckoutById(BaseModel):
    checkout: Optional["CheckoutByIdCheckout"]


class CheckoutByIdCheckout(CheckoutParts):
    transactions: Optional[list["CheckoutByIdCheckoutTransactions"]]


CheckoutByIdCheckoutTransactions = TransactionParts
