from typing import Optional

from pydantic import Field

from .base_model import BaseModel
from .enums import DiscountErrorCode


class AddVoucherProducts(BaseModel):
    voucher_catalogues_add: Optional["AddVoucherProductsVoucherCataloguesAdd"] = Field(
        alias="voucherCataloguesAdd"
    )


class AddVoucherProductsVoucherCataloguesAdd(BaseModel):
    voucher: Optional["AddVoucherProductsVoucherCataloguesAddVoucher"]
    errors: list["AddVoucherProductsVoucherCataloguesAddErrors"]


class AddVoucherProductsVoucherCataloguesAddVoucher(BaseModel):
    id: str


class AddVoucherProductsVoucherCataloguesAddErrors(BaseModel):
    field: Optional[str]
    message: Optional[str]
    code: DiscountErrorCode
