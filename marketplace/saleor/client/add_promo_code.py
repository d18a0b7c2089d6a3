from typing import Optional

from pydantic import Field

from .base_model import BaseModel
from .enums import CheckoutErrorCode
from .fragments import CheckoutParts


class AddPromoCode(BaseModel):
    checkout_add_promo_code: Optional["AddPromoCodeCheckoutAddPromoCode"] = Field(
        alias="checkoutAddPromoCode"
    )


class AddPromoCodeCheckoutAddPromoCode(BaseModel):
    checkout: Optional["AddPromoCodeCheckoutAddPromoCodeCheckout"]
    errors: list["AddPromoCodeCheckoutAddPromoCodeErrors"]


AddPromoCodeCheckoutAddPromoCodeCheckout = CheckoutParts


class AddPromoCodeCheckoutAddPromoCodeErrors(BaseModel):
    field: Optional[str]
    message: Optional[str]
    code: CheckoutErrorCode
