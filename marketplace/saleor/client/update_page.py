from typing import Optional

from pydantic import Field

from .base_model import BaseModel
from .enums import PageErrorCode


class UpdatePage(BaseModel):
    page_update: Optional["UpdatePagePageUpdate"] = Field(alias="pageUpdate")


class UpdatePagePageUpdate(BaseModel):
    page: Optional["UpdatePagePageUpdatePage"]
    errors: list["UpdatePagePageUpdateErrors"]


class UpdatePagePageUpdatePage(BaseModel):
    id: str
    slug: str


class UpdatePagePageUpdateErrors(BaseModel):
    field: Optional[str]
    message: Optional[str]
    code: PageErrorCode
