from typing import Optional

from pydantic import Field

from .base_model import BaseModel
from .enums import ShippingErrorCode


class CreateShippingMethod(BaseModel):
    shipping_price_create: Optional["CreateShippingMethodShippingPriceCreate"] = Field(
        alias="shippingPriceCreate"
    )


class CreateShippingMethodShippingPriceCreate(BaseModel):
    shipping_method: Optional[
        "CreateShippingMethodShippingPriceCreateShippingMethod"
    ] = Field(alias="shippingMethod")
    errors: list["CreateShippingMethodShippingPriceCreateErrors"]


class CreateShippingMethodShippingPriceCreateShippingMethod(BaseModel):
    id: str


class CreateShippingMethodShippingPriceCreateErrors(BaseModel):
    field: Optional[str]
    message: Optional[str]
    code: ShippingErrorCode
