from typing import Optional

from pydantic import Field

from .base_model import BaseModel
from .enums import ProductTranslateErrorCode


class BulkTranslateProducts(BaseModel):
    product_bulk_translate: Optional["BulkTranslateProductsProductBulkTranslate"] = (
        Field(alias="productBulkTranslate")
    )


class BulkTranslateProductsProductBulkTranslate(BaseModel):
    count: int
    errors: list["BulkTranslateProductsProductBulkTranslateErrors"]


class BulkTranslateProductsProductBulkTranslateErrors(BaseModel):
    path: Optional[str]
    message: Optional[str]
    code: ProductTranslateErrorCode
