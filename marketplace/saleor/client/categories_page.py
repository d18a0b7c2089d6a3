from typing import Optional

from pydantic import Field

from .base_model import BaseModel


class CategoriesPage(BaseModel):
    categories: Optional["CategoriesPageCategories"]


class CategoriesPageCategories(BaseModel):
    page_info: "CategoriesPageCategoriesPageInfo" = Field(alias="pageInfo")
    edges: list["CategoriesPageCategoriesEdges"]


class CategoriesPageCategoriesPageInfo(BaseModel):
    has_next_page: bool = Field(alias="hasNextPage")
    end_cursor: Optional[str] = Field(alias="endCursor")


class CategoriesPageCategoriesEdges(BaseModel):
    node: "CategoriesPageCategoriesEdgesNode"


class CategoriesPageCategoriesEdgesNode(BaseModel):
    id: str
    slug: str
    name: str
