from typing import Optional

from pydantic import Field

from .base_model import BaseModel
from .enums import (
    OrderGrantedRefundStatusEnum,
    OrderGrantRefundCreateErrorCode,
    OrderGrantRefundCreateLineErrorCode,
)
from .fragments import MoneyParts


class GrantRefund(BaseModel):
    order_grant_refund_create: Optional["GrantRefundOrderGrantRefundCreate"] = Field(
        alias="orderGrantRefundCreate"
    )


class GrantRefundOrderGrantRefundCreate(BaseModel):
    granted_refund: Optional["GrantRefundOrderGrantRefundCreateGrantedRefund"] = Field(
        alias="grantedRefund"
    )
    errors: list["GrantRefundOrderGrantRefundCreateErrors"]


class GrantRefundOrderGrantRefundCreateGrantedRefund(BaseModel):
    id: str
    status: OrderGrantedRefundStatusEnum
    amount: "GrantRefundOrderGrantRefundCreateGrantedRefundAmount"


GrantRefundOrderGrantRefundCreateGrantedRefundAmount = MoneyParts


class GrantRefundOrderGrantRefundCreateErrors(BaseModel):
    field: Optional[str]
    message: Optional[str]
    code: OrderGrantRefundCreateErrorCode
    lines: Optional[list["GrantRefundOrderGrantRefundCreateErrorsLines"]]


class GrantRefundOrderGrantRefundCreateErrorsLines(BaseModel):
    field: Optional[str]
    message: Optional[str]
    code: OrderGrantRefundCreateLineErrorCode
    line_id: str = Field(alias="lineId")
