from typing import Optional

from pydantic import Field

from .base_model import BaseModel
from .enums import ShippingErrorCode


class UpdateShippingZone(BaseModel):
    shipping_zone_update: Optional["UpdateShippingZoneShippingZoneUpdate"] = Field(
        alias="shippingZoneUpdate"
    )


class UpdateShippingZoneShippingZoneUpdate(BaseModel):
    shipping_zone: Optional["UpdateShippingZoneShippingZoneUpdateShippingZone"] = Field(
        alias="shippingZone"
    )
    errors: list["UpdateShippingZoneShippingZoneUpdateErrors"]


class UpdateShippingZoneShippingZoneUpdateShippingZone(BaseModel):
    id: str


class UpdateShippingZoneShippingZoneUpdateErrors(BaseModel):
    field: Optional[str]
    message: Optional[str]
    code: ShippingErrorCode
