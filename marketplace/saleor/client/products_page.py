from typing import Optional

from pydantic import Field

from .base_model import BaseModel
from .fragments import ProductParts


class ProductsPage(BaseModel):
    products: Optional["ProductsPageProducts"]


class ProductsPageProducts(BaseModel):
    total_count: Optional[int] = Field(alias="totalCount")
    page_info: "ProductsPageProductsPageInfo" = Field(alias="pageInfo")
    edges: list["ProductsPageProductsEdges"]


class ProductsPageProductsPageInfo(BaseModel):
    has_next_page: bool = Field(alias="hasNextPage")
    end_cursor: Optional[str] = Field(alias="endCursor")


class ProductsPageProductsEdges(BaseModel):
    node: "ProductsPageProductsEdgesNode"


ProductsPageProductsEdgesNode = ProductParts
