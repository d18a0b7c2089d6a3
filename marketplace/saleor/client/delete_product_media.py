from typing import Optional

from pydantic import Field

from .base_model import BaseModel
from .enums import ProductErrorCode


class DeleteProductMedia(BaseModel):
    product_media_delete: Optional["DeleteProductMediaProductMediaDelete"] = Field(
        alias="productMediaDelete"
    )


class DeleteProductMediaProductMediaDelete(BaseModel):
    media: Optional["DeleteProductMediaProductMediaDeleteMedia"]
    errors: list["DeleteProductMediaProductMediaDeleteErrors"]


class DeleteProductMediaProductMediaDeleteMedia(BaseModel):
    id: str


class DeleteProductMediaProductMediaDeleteErrors(BaseModel):
    field: Optional[str]
    message: Optional[str]
    code: ProductErrorCode
