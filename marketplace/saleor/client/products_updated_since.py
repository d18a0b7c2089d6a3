from typing import Optional

from pydantic import Field

from .base_model import BaseModel
from .fragments import ProductParts


class ProductsUpdatedSince(BaseModel):
    products: Optional["ProductsUpdatedSinceProducts"]


class ProductsUpdatedSinceProducts(BaseModel):
    page_info: "ProductsUpdatedSinceProductsPageInfo" = Field(alias="pageInfo")
    edges: list["ProductsUpdatedSinceProductsEdges"]


class ProductsUpdatedSinceProductsPageInfo(BaseModel):
    has_next_page: bool = Field(alias="hasNextPage")
    end_cursor: Optional[str] = Field(alias="endCursor")


class ProductsUpdatedSinceProductsEdges(BaseModel):
    node: "ProductsUpdatedSinceProductsEdgesNode"


ProductsUpdatedSinceProductsEdgesNode = ProductParts
