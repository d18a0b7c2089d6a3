from typing import Optional

from pydantic import Field

from .base_model import BaseModel


class PageTypesPage(BaseModel):
    page_types: Optional["PageTypesPagePageTypes"] = Field(alias="pageTypes")


class PageTypesPagePageTypes(BaseModel):
    page_info: "PageTypesPagePageTypesPageInfo" = Field(alias="pageInfo")
    edges: list["PageTypesPagePageTypesEdges"]


class PageTypesPagePageTypesPageInfo(BaseModel):
    has_next_page: bool = Field(alias="hasNextPage")
    end_cursor: Optional[str] = Field(alias="endCursor")


class PageTypesPagePageTypesEdges(BaseModel):
    node: "PageTypesPagePageTypesEdgesNode"


class PageTypesPagePageTypesEdgesNode(BaseModel):
    id: str
    slug: str
