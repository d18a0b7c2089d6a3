from typing import Optional

from pydantic import Field

from .base_model import BaseModel
from .enums import ProductErrorCode


class DeleteProduct(BaseModel):
    product_delete: Optional["DeleteProductProductDelete"] = Field(
        alias="productDelete"
    )


class DeleteProductProductDelete(BaseModel):
    product: Optional["DeleteProductProductDeleteProduct"]
    errors: list["DeleteProductProductDeleteErrors"]


class DeleteProductProductDeleteProduct(BaseModel):
    id: str


class DeleteProductProductDeleteErrors(BaseModel):
    field: Optional[str]
    message: Optional[str]
    code: ProductErrorCode
