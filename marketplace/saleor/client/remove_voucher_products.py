from typing import Optional

from pydantic import Field

from .base_model import BaseModel
from .enums import DiscountErrorCode


class RemoveVoucherProducts(BaseModel):
    voucher_catalogues_remove: Optional[
        "RemoveVoucherProductsVoucherCataloguesRemove"
    ] = Field(alias="voucherCataloguesRemove")


class RemoveVoucherProductsVoucherCataloguesRemove(BaseModel):
    voucher: Optional["RemoveVoucherProductsVoucherCataloguesRemoveVoucher"]
    errors: list["RemoveVoucherProductsVoucherCataloguesRemoveErrors"]


class RemoveVoucherProductsVoucherCataloguesRemoveVoucher(BaseModel):
    id: str


class RemoveVoucherProductsVoucherCataloguesRemoveErrors(BaseModel):
    field: Optional[str]
    message: Optional[str]
    code: DiscountErrorCode
