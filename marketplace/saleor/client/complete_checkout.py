from typing import Optional

from pydantic import Field

from .base_model import BaseModel
from .enums import CheckoutErrorCode


class CompleteCheckout(BaseModel):
    checkout_complete: Optional["CompleteCheckoutCheckoutComplete"] = Field(
        alias="checkoutComplete"
    )


class CompleteCheckoutCheckoutComplete(BaseModel):
    order: Optional["CompleteCheckoutCheckoutCompleteOrder"]
    errors: list["CompleteCheckoutCheckoutCompleteErrors"]


class CompleteCheckoutCheckoutCompleteOrder(BaseModel):
    id: str
    number: str
    metadata: list["CompleteCheckoutCheckoutCompleteOrderMetadata"]


class CompleteCheckoutCheckoutCompleteOrderMetadata(BaseModel):
    key: str
    value: str


class CompleteCheckoutCheckoutCompleteErrors(BaseModel):
    field: Optional[str]
    message: Optional[str]
    code: CheckoutErrorCode
    variants: Optional[list[str]]
