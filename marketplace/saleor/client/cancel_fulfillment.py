from typing import Optional

from pydantic import Field

from .base_model import BaseModel
from .enums import FulfillmentStatus, OrderErrorCode


class CancelFulfillment(BaseModel):
    order_fulfillment_cancel: Optional["CancelFulfillmentOrderFulfillmentCancel"] = (
        Field(alias="orderFulfillmentCancel")
    )


class CancelFulfillmentOrderFulfillmentCancel(BaseModel):
    fulfillment: Optional["CancelFulfillmentOrderFulfillmentCancelFulfillment"]
    errors: list["CancelFulfillmentOrderFulfillmentCancelErrors"]


class CancelFulfillmentOrderFulfillmentCancelFulfillment(BaseModel):
    id: str
    status: FulfillmentStatus


class CancelFulfillmentOrderFulfillmentCancelErrors(BaseModel):
    field: Optional[str]
    message: Optional[str]
    code: OrderErrorCode
