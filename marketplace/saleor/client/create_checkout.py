from typing import Optional

from pydantic import Field

from .base_model import BaseModel
from .enums import CheckoutErrorCode
from .fragments import CheckoutParts


class CreateCheckout(BaseModel):
    checkout_create: Optional["CreateCheckoutCheckoutCreate"] = Field(
        alias="checkoutCreate"
    )


class CreateCheckoutCheckoutCreate(BaseModel):
    checkout: Optional["CreateCheckoutCheckoutCreateCheckout"]
    errors: list["CreateCheckoutCheckoutCreateErrors"]


CreateCheckoutCheckoutCreateCheckout = CheckoutParts


class CreateCheckoutCheckoutCreateErrors(BaseModel):
    field: Optional[str]
    message: Optional[str]
    code: CheckoutErrorCode
    variants: Optional[list[str]]
