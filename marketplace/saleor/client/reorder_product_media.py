from typing import Optional

from pydantic import Field

from .base_model import BaseModel
from .enums import ProductErrorCode


class ReorderProductMedia(BaseModel):
    product_media_reorder: Optional["ReorderProductMediaProductMediaReorder"] = Field(
        alias="productMediaReorder"
    )


class ReorderProductMediaProductMediaReorder(BaseModel):
    media: Optional[list["ReorderProductMediaProductMediaReorderMedia"]]
    errors: list["ReorderProductMediaProductMediaReorderErrors"]


class ReorderProductMediaProductMediaReorderMedia(BaseModel):
    id: str


class ReorderProductMediaProductMediaReorderErrors(BaseModel):
    field: Optional[str]
    message: Optional[str]
    code: ProductErrorCode
