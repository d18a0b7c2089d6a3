from typing import Optional

from pydantic import Field

from .base_model import BaseModel
from .enums import CheckoutErrorCode
from .fragments import CheckoutParts


class UpdateCheckoutDeliveryMethod(BaseModel):
    checkout_delivery_method_update: Optional[
        "UpdateCheckoutDeliveryMethodCheckoutDeliveryMethodUpdate"
    ] = Field(alias="checkoutDeliveryMethodUpdate")


class UpdateCheckoutDeliveryMethodCheckoutDeliveryMethodUpdate(BaseModel):
    checkout: Optional[
        "UpdateCheckoutDeliveryMethodCheckoutDeliveryMethodUpdateCheckout"
    ]
    errors: list["UpdateCheckoutDeliveryMethodCheckoutDeliveryMethodUpdateErrors"]


UpdateCheckoutDeliveryMethodCheckoutDeliveryMethodUpdateCheckout = CheckoutParts


class UpdateCheckoutDeliveryMethodCheckoutDeliveryMethodUpdateErrors(BaseModel):
    field: Optional[str]
    message: Optional[str]
    code: CheckoutErrorCode
