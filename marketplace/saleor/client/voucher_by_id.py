from typing import Any, Optional

from pydantic import Field

from .base_model import BaseModel


class VoucherById(BaseModel):
    voucher: Optional["VoucherByIdVoucher"]


class VoucherByIdVoucher(BaseModel):
    id: str
    name: Optional[str]
    code: Optional[str]
    used: int
    usage_limit: Optional[int] = Field(alias="usageLimit")
    start_date: Any = Field(alias="startDate")
    end_date: Optional[Any] = Field(alias="endDate")
