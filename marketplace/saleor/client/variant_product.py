from typing import Optional

from pydantic import Field

from .base_model import BaseModel


class VariantProduct(BaseModel):
    product_variant: Optional["VariantProductProductVariant"] = Field(
        alias="productVariant"
    )


class VariantProductProductVariant(BaseModel):
    id: str
    product: "VariantProductProductVariantProduct"


class VariantProductProductVariantProduct(BaseModel):
    id: str
