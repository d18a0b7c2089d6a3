from typing import Optional

from pydantic import Field

from .base_model import BaseModel
from .enums import PageErrorCode


class CreatePageType(BaseModel):
    page_type_create: Optional["CreatePageTypePageTypeCreate"] = Field(
        alias="pageTypeCreate"
    )


class CreatePageTypePageTypeCreate(BaseModel):
    page_type: Optional["CreatePageTypePageTypeCreatePageType"] = Field(
        alias="pageType"
    )
    errors: list["CreatePageTypePageTypeCreateErrors"]


class CreatePageTypePageTypeCreatePageType(BaseModel):
    id: str
    slug: str


class CreatePageTypePageTypeCreateErrors(BaseModel):
    field: Optional[str]
    message: Optional[str]
    code: PageErrorCode
