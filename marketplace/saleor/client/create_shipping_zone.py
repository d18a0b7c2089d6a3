from typing import Optional

from pydantic import Field

from .base_model import BaseModel
from .enums import ShippingErrorCode


class CreateShippingZone(BaseModel):
    shipping_zone_create: Optional["CreateShippingZoneShippingZoneCreate"] = Field(
        alias="shippingZoneCreate"
    )


class CreateShippingZoneShippingZoneCreate(BaseModel):
    shipping_zone: Optional["CreateShippingZoneShippingZoneCreateShippingZone"] = Field(
        alias="shippingZone"
    )
    errors: list["CreateShippingZoneShippingZoneCreateErrors"]


class CreateShippingZoneShippingZoneCreateShippingZone(BaseModel):
    id: str


class CreateShippingZoneShippingZoneCreateErrors(BaseModel):
    field: Optional[str]
    message: Optional[str]
    code: ShippingErrorCode
