from typing import Optional

from pydantic import Field

from .base_model import BaseModel
from .enums import ProductErrorCode


class CreateProductMedia(BaseModel):
    product_media_create: Optional["CreateProductMediaProductMediaCreate"] = Field(
        alias="productMediaCreate"
    )


class CreateProductMediaProductMediaCreate(BaseModel):
    media: Optional["CreateProductMediaProductMediaCreateMedia"]
    errors: list["CreateProductMediaProductMediaCreateErrors"]


class CreateProductMediaProductMediaCreateMedia(BaseModel):
    id: str
    url: str


class CreateProductMediaProductMediaCreateErrors(BaseModel):
    field: Optional[str]
    message: Optional[str]
    code: ProductErrorCode
