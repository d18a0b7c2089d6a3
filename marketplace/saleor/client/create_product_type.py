from typing import Optional

from pydantic import Field

from .base_model import BaseModel
from .enums import ProductErrorCode


class CreateProductType(BaseModel):
    product_type_create: Optional["CreateProductTypeProductTypeCreate"] = Field(
        alias="productTypeCreate"
    )


class CreateProductTypeProductTypeCreate(BaseModel):
    product_type: Optional["CreateProductTypeProductTypeCreateProductType"] = Field(
        alias="productType"
    )
    errors: list["CreateProductTypeProductTypeCreateErrors"]


class CreateProductTypeProductTypeCreateProductType(BaseModel):
    id: str
    slug: str


class CreateProductTypeProductTypeCreateErrors(BaseModel):
    field: Optional[str]
    message: Optional[str]
    code: ProductErrorCode
