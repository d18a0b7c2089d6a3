from typing import Optional

from pydantic import Field

from .base_model import BaseModel
from .enums import CheckoutErrorCode


class UpdateCheckoutBillingAddress(BaseModel):
    checkout_billing_address_update: Optional[
        "UpdateCheckoutBillingAddressCheckoutBillingAddressUpdate"
    ] = Field(alias="checkoutBillingAddressUpdate")


class UpdateCheckoutBillingAddressCheckoutBillingAddressUpdate(BaseModel):
    checkout: Optional[
        "UpdateCheckoutBillingAddressCheckoutBillingAddressUpdateCheckout"
    ]
    errors: list["UpdateCheckoutBillingAddressCheckoutBillingAddressUpdateErrors"]


class UpdateCheckoutBillingAddressCheckoutBillingAddressUpdateCheckout(BaseModel):
    id: str


class UpdateCheckoutBillingAddressCheckoutBillingAddressUpdateErrors(BaseModel):
    field: Optional[str]
    message: Optional[str]
    code: CheckoutErrorCode
