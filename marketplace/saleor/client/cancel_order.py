from typing import Optional

from pydantic import Field

from .base_model import BaseModel
from .enums import OrderErrorCode, OrderStatus


class CancelOrder(BaseModel):
    order_cancel: Optional["CancelOrderOrderCancel"] = Field(alias="orderCancel")


class CancelOrderOrderCancel(BaseModel):
    order: Optional["CancelOrderOrderCancelOrder"]
    errors: list["CancelOrderOrderCancelErrors"]


class CancelOrderOrderCancelOrder(BaseModel):
    id: str
    status: OrderStatus


class CancelOrderOrderCancelErrors(BaseModel):
    field: Optional[str]
    message: Optional[str]
    code: OrderErrorCode
