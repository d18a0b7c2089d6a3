from typing import Optional

from pydantic import Field

from .base_model import BaseModel
from .enums import CheckoutErrorCode


class AttachCustomerToCheckout(BaseModel):
    checkout_customer_attach: Optional[
        "AttachCustomerToCheckoutCheckoutCustomerAttach"
    ] = Field(alias="checkoutCustomerAttach")


class AttachCustomerToCheckoutCheckoutCustomerAttach(BaseModel):
    checkout: Optional["AttachCustomerToCheckoutCheckoutCustomerAttachCheckout"]
    errors: list["AttachCustomerToCheckoutCheckoutCustomerAttachErrors"]


class AttachCustomerToCheckoutCheckoutCustomerAttachCheckout(BaseModel):
    id: str


class AttachCustomerToCheckoutCheckoutCustomerAttachErrors(BaseModel):
    field: Optional[str]
    message: Optional[str]
    code: CheckoutErrorCode
