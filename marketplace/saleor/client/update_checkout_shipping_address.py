from typing import Optional

from pydantic import Field

from .base_model import BaseModel
from .enums import CheckoutErrorCode
from .fragments import CheckoutParts


class UpdateCheckoutShippingAddress(BaseModel):
    checkout_shipping_address_update: Optional[
        "UpdateCheckoutShippingAddressCheckoutShippingAddressUpdate"
    ] = Field(alias="checkoutShippingAddressUpdate")


class UpdateCheckoutShippingAddressCheckoutShippingAddressUpdate(BaseModel):
    checkout: Optional[
        "UpdateCheckoutShippingAddressCheckoutShippingAddressUpdateCheckout"
    ]
    errors: list["UpdateCheckoutShippingAddressCheckoutShippingAddressUpdateErrors"]


UpdateCheckoutShippingAddressCheckoutShippingAddressUpdateCheckout = CheckoutParts


class UpdateCheckoutShippingAddressCheckoutShippingAddressUpdateErrors(BaseModel):
    field: Optional[str]
    message: Optional[str]
    code: CheckoutErrorCode
