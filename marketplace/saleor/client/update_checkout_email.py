from typing import Optional

from pydantic import Field

from .base_model import BaseModel
from .enums import CheckoutErrorCode


class UpdateCheckoutEmail(BaseModel):
    checkout_email_update: Optional["UpdateCheckoutEmailCheckoutEmailUpdate"] = Field(
        alias="checkoutEmailUpdate"
    )


class UpdateCheckoutEmailCheckoutEmailUpdate(BaseModel):
    checkout: Optional["UpdateCheckoutEmailCheckoutEmailUpdateCheckout"]
    errors: list["UpdateCheckoutEmailCheckoutEmailUpdateErrors"]


class UpdateCheckoutEmailCheckoutEmailUpdateCheckout(BaseModel):
    id: str


class UpdateCheckoutEmailCheckoutEmailUpdateErrors(BaseModel):
    field: Optional[str]
    message: Optional[str]
    code: CheckoutErrorCode
