from typing import Any, Optional

from pydantic import Field

from .base_model import BaseModel
from .fragments import MoneyParts


class CheckoutShippingMethods(BaseModel):
    checkout: Optional["CheckoutShippingMethodsCheckout"]


class CheckoutShippingMethodsCheckout(BaseModel):
    shipping_methods: list["CheckoutShippingMethodsCheckoutShippingMethods"] = Field(
        alias="shippingMethods"
    )


class CheckoutShippingMethodsCheckoutShippingMethods(BaseModel):
    id: str
    name: str
    description: Optional[Any]
    maximum_delivery_days: Optional[int] = Field(alias="maximumDeliveryDays")
    price: "CheckoutShippingMethodsCheckoutShippingMethodsPrice"
    metadata: list["CheckoutShippingMethodsCheckoutShippingMethodsMetadata"]


CheckoutShippingMethodsCheckoutShippingMethodsPrice = MoneyParts


class CheckoutShippingMethodsCheckoutShippingMethodsMetadata(BaseModel):
    key: str
    value: str
