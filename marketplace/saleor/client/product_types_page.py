from typing import Optional

from pydantic import Field

from .base_model import BaseModel


class ProductTypesPage(BaseModel):
    product_types: Optional["ProductTypesPageProductTypes"] = Field(
        alias="productTypes"
    )


class ProductTypesPageProductTypes(BaseModel):
    page_info: "ProductTypesPageProductTypesPageInfo" = Field(alias="pageInfo")
    edges: list["ProductTypesPageProductTypesEdges"]


class ProductTypesPageProductTypesPageInfo(BaseModel):
    has_next_page: bool = Field(alias="hasNextPage")
    end_cursor: Optional[str] = Field(alias="endCursor")


class ProductTypesPageProductTypesEdges(BaseModel):
    node: "ProductTypesPageProductTypesEdgesNode"


class ProductTypesPageProductTypesEdgesNode(BaseModel):
    id: str
    slug: str
