from typing import Any, Optional

from pydantic import Field

from .base_model import BaseModel
from .enums import OrderErrorCode


class UpdateOrderBuyer(BaseModel):
    order_update: Optional["UpdateOrderBuyerOrderUpdate"] = Field(alias="orderUpdate")


class UpdateOrderBuyerOrderUpdate(BaseModel):
    order: Optional["UpdateOrderBuyerOrderUpdateOrder"]
    errors: list["UpdateOrderBuyerOrderUpdateErrors"]


class UpdateOrderBuyerOrderUpdateOrder(BaseModel):
    id: str
    updated_at: Any = Field(alias="updatedAt")


class UpdateOrderBuyerOrderUpdateErrors(BaseModel):
    field: Optional[str]
    message: Optional[str]
    code: OrderErrorCode
