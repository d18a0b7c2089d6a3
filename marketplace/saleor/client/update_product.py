from typing import Optional

from pydantic import Field

from .base_model import BaseModel
from .enums import ProductErrorCode


class UpdateProduct(BaseModel):
    product_update: Optional["UpdateProductProductUpdate"] = Field(
        alias="productUpdate"
    )


class UpdateProductProductUpdate(BaseModel):
    product: Optional["UpdateProductProductUpdateProduct"]
    errors: list["UpdateProductProductUpdateErrors"]


class UpdateProductProductUpdateProduct(BaseModel):
    id: str


class UpdateProductProductUpdateErrors(BaseModel):
    field: Optional[str]
    message: Optional[str]
    code: ProductErrorCode
