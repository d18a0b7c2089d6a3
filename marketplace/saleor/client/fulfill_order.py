from typing import Any, Optional

from pydantic import Field

from .base_model import BaseModel
from .enums import FulfillmentStatus, OrderErrorCode


class FulfillOrder(BaseModel):
    order_fulfill: Optional["FulfillOrderOrderFulfill"] = Field(alias="orderFulfill")


class FulfillOrderOrderFulfill(BaseModel):
    fulfillments: Optional[list["FulfillOrderOrderFulfillFulfillments"]]
    errors: list["FulfillOrderOrderFulfillErrors"]


class FulfillOrderOrderFulfillFulfillments(BaseModel):
    id: str
    fulfillment_order: int = Field(alias="fulfillmentOrder")
    status: FulfillmentStatus
    tracking_number: str = Field(alias="trackingNumber")
    created: Any
    warehouse: Optional["FulfillOrderOrderFulfillFulfillmentsWarehouse"]
    lines: Optional[list["FulfillOrderOrderFulfillFulfillmentsLines"]]


class FulfillOrderOrderFulfillFulfillmentsWarehouse(BaseModel):
    id: str


class FulfillOrderOrderFulfillFulfillmentsLines(BaseModel):
    id: str
    quantity: int
    order_line: Optional["FulfillOrderOrderFulfillFulfillmentsLinesOrderLine"] = Field(
        alias="orderLine"
    )


class FulfillOrderOrderFulfillFulfillmentsLinesOrderLine(BaseModel):
    id: str


class FulfillOrderOrderFulfillErrors(BaseModel):
    field: Optional[str]
    message: Optional[str]
    code: OrderErrorCode
    warehouse: Optional[str]
    order_lines: Optional[list[str]] = Field(alias="orderLines")
