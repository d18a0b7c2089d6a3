from typing import Optional

from pydantic import Field

from .base_model import BaseModel
from .enums import ProductErrorCode


class UpdateVariant(BaseModel):
    product_variant_update: Optional["UpdateVariantProductVariantUpdate"] = Field(
        alias="productVariantUpdate"
    )


class UpdateVariantProductVariantUpdate(BaseModel):
    product_variant: Optional["UpdateVariantProductVariantUpdateProductVariant"] = (
        Field(alias="productVariant")
    )
    errors: list["UpdateVariantProductVariantUpdateErrors"]


class UpdateVariantProductVariantUpdateProductVariant(BaseModel):
    id: str


class UpdateVariantProductVariantUpdateErrors(BaseModel):
    field: Optional[str]
    message: Optional[str]
    code: ProductErrorCode
