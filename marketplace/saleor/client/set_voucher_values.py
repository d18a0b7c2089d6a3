from typing import Optional

from pydantic import Field

from .base_model import BaseModel
from .enums import DiscountErrorCode


class SetVoucherValues(BaseModel):
    voucher_channel_listing_update: Optional[
        "SetVoucherValuesVoucherChannelListingUpdate"
    ] = Field(alias="voucherChannelListingUpdate")


class SetVoucherValuesVoucherChannelListingUpdate(BaseModel):
    voucher: Optional["SetVoucherValuesVoucherChannelListingUpdateVoucher"]
    errors: list["SetVoucherValuesVoucherChannelListingUpdateErrors"]


class SetVoucherValuesVoucherChannelListingUpdateVoucher(BaseModel):
    id: str


class SetVoucherValuesVoucherChannelListingUpdateErrors(BaseModel):
    field: Optional[str]
    message: Optional[str]
    code: DiscountErrorCode
