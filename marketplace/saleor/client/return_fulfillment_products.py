from typing import Optional

from pydantic import Field

from .base_model import BaseModel
from .enums import FulfillmentStatus, OrderErrorCode


class ReturnFulfillmentProducts(BaseModel):
    order_fulfillment_return_products: Optional[
        "ReturnFulfillmentProductsOrderFulfillmentReturnProducts"
    ] = Field(alias="orderFulfillmentReturnProducts")


class ReturnFulfillmentProductsOrderFulfillmentReturnProducts(BaseModel):
    return_fulfillment: Optional[
        "ReturnFulfillmentProductsOrderFulfillmentReturnProductsReturnFulfillment"
    ] = Field(alias="returnFulfillment")
    errors: list["ReturnFulfillmentProductsOrderFulfillmentReturnProductsErrors"]


class ReturnFulfillmentProductsOrderFulfillmentReturnProductsReturnFulfillment(
    BaseModel
):
    id: str
    status: FulfillmentStatus


class ReturnFulfillmentProductsOrderFulfillmentReturnProductsErrors(BaseModel):
    field: Optional[str]
    message: Optional[str]
    code: OrderErrorCode
