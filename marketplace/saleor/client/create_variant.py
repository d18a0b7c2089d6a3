from typing import Optional

from pydantic import Field

from .base_model import BaseModel
from .enums import ProductErrorCode


class CreateVariant(BaseModel):
    product_variant_create: Optional["CreateVariantProductVariantCreate"] = Field(
        alias="productVariantCreate"
    )


class CreateVariantProductVariantCreate(BaseModel):
    product_variant: Optional["CreateVariantProductVariantCreateProductVariant"] = (
        Field(alias="productVariant")
    )
    errors: list["CreateVariantProductVariantCreateErrors"]


class CreateVariantProductVariantCreateProductVariant(BaseModel):
    id: str
    sku: Optional[str]


class CreateVariantProductVariantCreateErrors(BaseModel):
    field: Optional[str]
    message: Optional[str]
    code: ProductErrorCode
