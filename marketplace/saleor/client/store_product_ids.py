from typing import Optional

from pydantic import Field

from .base_model import BaseModel


class StoreProductIds(BaseModel):
    products: Optional["StoreProductIdsProducts"]


class StoreProductIdsProducts(BaseModel):
    page_info: "StoreProductIdsProductsPageInfo" = Field(alias="pageInfo")
    edges: list["StoreProductIdsProductsEdges"]


class StoreProductIdsProductsPageInfo(BaseModel):
    has_next_page: bool = Field(alias="hasNextPage")
    end_cursor: Optional[str] = Field(alias="endCursor")


class StoreProductIdsProductsEdges(BaseModel):
    cursor: str
    node: "StoreProductIdsProductsEdgesNode"


class StoreProductIdsProductsEdgesNode(BaseModel):
    id: str
