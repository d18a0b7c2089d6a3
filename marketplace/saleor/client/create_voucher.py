from typing import Optional

from pydantic import Field

from .base_model import BaseModel
from .enums import DiscountErrorCode


class CreateVoucher(BaseModel):
    voucher_create: Optional["CreateVoucherVoucherCreate"] = Field(
        alias="voucherCreate"
    )


class CreateVoucherVoucherCreate(BaseModel):
    voucher: Optional["CreateVoucherVoucherCreateVoucher"]
    errors: list["CreateVoucherVoucherCreateErrors"]


class CreateVoucherVoucherCreateVoucher(BaseModel):
    id: str


class CreateVoucherVoucherCreateErrors(BaseModel):
    field: Optional[str]
    message: Optional[str]
    code: DiscountErrorCode
