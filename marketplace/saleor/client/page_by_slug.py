from typing import Optional

from pydantic import Field

from .base_model import BaseModel


class PageBySlug(BaseModel):
    page: Optional["PageBySlugPage"]


class PageBySlugPage(BaseModel):
    id: str
    slug: str
    title: str
    is_published: bool = Field(alias="isPublished")
