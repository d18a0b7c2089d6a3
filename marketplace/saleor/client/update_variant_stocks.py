from typing import Optional

from pydantic import Field

from .base_model import BaseModel
from .enums import ProductErrorCode


class UpdateVariantStocks(BaseModel):
    product_variant_stocks_update: Optional[
        "UpdateVariantStocksProductVariantStocksUpdate"
    ] = Field(alias="productVariantStocksUpdate")


class UpdateVariantStocksProductVariantStocksUpdate(BaseModel):
    product_variant: Optional[
        "UpdateVariantStocksProductVariantStocksUpdateProductVariant"
    ] = Field(alias="productVariant")
    errors: list["UpdateVariantStocksProductVariantStocksUpdateErrors"]


class UpdateVariantStocksProductVariantStocksUpdateProductVariant(BaseModel):
    id: str
    stocks: Optional[
        list["UpdateVariantStocksProductVariantStocksUpdateProductVariantStocks"]
    ]


class UpdateVariantStocksProductVariantStocksUpdateProductVariantStocks(BaseModel):
    quantity: int
    quantity_allocated: int = Field(alias="quantityAllocated")
    warehouse: (
        "UpdateVariantStocksProductVariantStocksUpdateProductVariantStocksWarehouse"
    )


class UpdateVariantStocksProductVariantStocksUpdateProductVariantStocksWarehouse(
    BaseModel
):
    id: str


class UpdateVariantStocksProductVariantStocksUpdateErrors(BaseModel):
    field: Optional[str]
    message: Optional[str]
    code: ProductErrorCode
