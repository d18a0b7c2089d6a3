from typing import Optional

from pydantic import Field

from .base_model import BaseModel


class ShippingZonesPage(BaseModel):
    shipping_zones: Optional["ShippingZonesPageShippingZones"] = Field(
        alias="shippingZones"
    )


class ShippingZonesPageShippingZones(BaseModel):
    page_info: "ShippingZonesPageShippingZonesPageInfo" = Field(alias="pageInfo")
    edges: list["ShippingZonesPageShippingZonesEdges"]


class ShippingZonesPageShippingZonesPageInfo(BaseModel):
    has_next_page: bool = Field(alias="hasNextPage")
    end_cursor: Optional[str] = Field(alias="endCursor")


class ShippingZonesPageShippingZonesEdges(BaseModel):
    node: "ShippingZonesPageShippingZonesEdgesNode"


class ShippingZonesPageShippingZonesEdgesNode(BaseModel):
    id: str
    name: str
    channels: list["ShippingZonesPageShippingZonesEdgesNodeChannels"]
    shipping_methods: Optional[
        list["ShippingZonesPageShippingZonesEdgesNodeShippingMethods"]
    ] = Field(alias="shippingMethods")


class ShippingZonesPageShippingZonesEdgesNodeChannels(BaseModel):
    id: str
    slug: str


class ShippingZonesPageShippingZonesEdgesNodeShippingMethods(BaseModel):
    id: str
    name: str
