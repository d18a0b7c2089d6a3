from typing import Optional

from pydantic import Field

from .base_model import BaseModel
from .enums import DiscountErrorCode


class UpdateVoucher(BaseModel):
    voucher_update: Optional["UpdateVoucherVoucherUpdate"] = Field(
        alias="voucherUpdate"
    )


class UpdateVoucherVoucherUpdate(BaseModel):
    voucher: Optional["UpdateVoucherVoucherUpdateVoucher"]
    errors: list["UpdateVoucherVoucherUpdateErrors"]


class UpdateVoucherVoucherUpdateVoucher(BaseModel):
    id: str


class UpdateVoucherVoucherUpdateErrors(BaseModel):
    field: Optional[str]
    message: Optional[str]
    code: DiscountErrorCode
