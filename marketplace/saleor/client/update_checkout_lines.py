from typing import Optional

from pydantic import Field

from .base_model import BaseModel
from .enums import CheckoutErrorCode
from .fragments import CheckoutParts


class UpdateCheckoutLines(BaseModel):
    checkout_lines_update: Optional["UpdateCheckoutLinesCheckoutLinesUpdate"] = Field(
        alias="checkoutLinesUpdate"
    )


class UpdateCheckoutLinesCheckoutLinesUpdate(BaseModel):
    checkout: Optional["UpdateCheckoutLinesCheckoutLinesUpdateCheckout"]
    errors: list["UpdateCheckoutLinesCheckoutLinesUpdateErrors"]


UpdateCheckoutLinesCheckoutLinesUpdateCheckout = CheckoutParts


class UpdateCheckoutLinesCheckoutLinesUpdateErrors(BaseModel):
    field: Optional[str]
    message: Optional[str]
    code: CheckoutErrorCode
    variants: Optional[list[str]]
