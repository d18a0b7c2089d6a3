from typing import Optional

from pydantic import Field

from .base_model import BaseModel
from .enums import ProductErrorCode


class CreateCategory(BaseModel):
    category_create: Optional["CreateCategoryCategoryCreate"] = Field(
        alias="categoryCreate"
    )


class CreateCategoryCategoryCreate(BaseModel):
    category: Optional["CreateCategoryCategoryCreateCategory"]
    errors: list["CreateCategoryCategoryCreateErrors"]


class CreateCategoryCategoryCreateCategory(BaseModel):
    id: str
    slug: str


class CreateCategoryCategoryCreateErrors(BaseModel):
    field: Optional[str]
    message: Optional[str]
    code: ProductErrorCode
