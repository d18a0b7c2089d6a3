from typing import Optional

from pydantic import Field

from .base_model import BaseModel
from .enums import OrderErrorCode


class UpdateFulfillmentTracking(BaseModel):
    order_fulfillment_update_tracking: Optional[
        "UpdateFulfillmentTrackingOrderFulfillmentUpdateTracking"
    ] = Field(alias="orderFulfillmentUpdateTracking")


class UpdateFulfillmentTrackingOrderFulfillmentUpdateTracking(BaseModel):
    fulfillment: Optional[
        "UpdateFulfillmentTrackingOrderFulfillmentUpdateTrackingFulfillment"
    ]
    errors: list["UpdateFulfillmentTrackingOrderFulfillmentUpdateTrackingErrors"]


class UpdateFulfillmentTrackingOrderFulfillmentUpdateTrackingFulfillment(BaseModel):
    id: str
    tracking_number: str = Field(alias="trackingNumber")


class UpdateFulfillmentTrackingOrderFulfillmentUpdateTrackingErrors(BaseModel):
    field: Optional[str]
    message: Optional[str]
    code: OrderErrorCode
