from typing import Optional

from pydantic import Field

from .base_model import BaseModel
from .enums import CheckoutErrorCode
from .fragments import CheckoutParts


class RemovePromoCode(BaseModel):
    checkout_remove_promo_code: Optional["RemovePromoCodeCheckoutRemovePromoCode"] = (
        Field(alias="checkoutRemovePromoCode")
    )


class RemovePromoCodeCheckoutRemovePromoCode(BaseModel):
    checkout: Optional["RemovePromoCodeCheckoutRemovePromoCodeCheckout"]
    errors: list["RemovePromoCodeCheckoutRemovePromoCodeErrors"]


RemovePromoCodeCheckoutRemovePromoCodeCheckout = CheckoutParts


class RemovePromoCodeCheckoutRemovePromoCodeErrors(BaseModel):
    field: Optional[str]
    message: Optional[str]
    code: CheckoutErrorCode
