from typing import Any, Optional

from pydantic import Field

from .base_model import BaseModel


class OrderStampsSince(BaseModel):
    orders: Optional["OrderStampsSinceOrders"]


class OrderStampsSinceOrders(BaseModel):
    page_info: "OrderStampsSinceOrdersPageInfo" = Field(alias="pageInfo")
    edges: list["OrderStampsSinceOrdersEdges"]


class OrderStampsSinceOrdersPageInfo(BaseModel):
    has_next_page: bool = Field(alias="hasNextPage")
    end_cursor: Optional[str] = Field(alias="endCursor")


class OrderStampsSinceOrdersEdges(BaseModel):
    node: "OrderStampsSinceOrdersEdgesNode"


class OrderStampsSinceOrdersEdgesNode(BaseModel):
    id: str
    number: str
    updated_at: Any = Field(alias="updatedAt")
