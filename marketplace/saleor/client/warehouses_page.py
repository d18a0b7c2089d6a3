from typing import Optional

from pydantic import Field

from .base_model import BaseModel


class WarehousesPage(BaseModel):
    warehouses: Optional["WarehousesPageWarehouses"]


class WarehousesPageWarehouses(BaseModel):
    page_info: "WarehousesPageWarehousesPageInfo" = Field(alias="pageInfo")
    edges: list["WarehousesPageWarehousesEdges"]


class WarehousesPageWarehousesPageInfo(BaseModel):
    has_next_page: bool = Field(alias="hasNextPage")
    end_cursor: Optional[str] = Field(alias="endCursor")


class WarehousesPageWarehousesEdges(BaseModel):
    node: "WarehousesPageWarehousesEdgesNode"


class WarehousesPageWarehousesEdgesNode(BaseModel):
    id: str
    slug: str
    name: str
    external_reference: Optional[str] = Field(alias="externalReference")
