from typing import Optional

from pydantic import Field

from .base_model import BaseModel
from .fragments import StoreProductParts


class StoreProducts(BaseModel):
    products: Optional["StoreProductsProducts"]


class StoreProductsProducts(BaseModel):
    total_count: Optional[int] = Field(alias="totalCount")
    page_info: "StoreProductsProductsPageInfo" = Field(alias="pageInfo")
    edges: list["StoreProductsProductsEdges"]


class StoreProductsProductsPageInfo(BaseModel):
    has_next_page: bool = Field(alias="hasNextPage")
    end_cursor: Optional[str] = Field(alias="endCursor")


class StoreProductsProductsEdges(BaseModel):
    node: "StoreProductsProductsEdgesNode"


StoreProductsProductsEdgesNode = StoreProductParts
