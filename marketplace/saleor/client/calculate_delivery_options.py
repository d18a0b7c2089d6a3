from typing import Any, Optional

from pydantic import Field

from .base_model import BaseModel
from .enums import DeliveryOptionsCalculateErrorCode
from .fragments import MoneyParts


class CalculateDeliveryOptions(BaseModel):
    delivery_options_calculate: Optional[
        "CalculateDeliveryOptionsDeliveryOptionsCalculate"
    ] = Field(alias="deliveryOptionsCalculate")


class CalculateDeliveryOptionsDeliveryOptionsCalculate(BaseModel):
    deliveries: list["CalculateDeliveryOptionsDeliveryOptionsCalculateDeliveries"]
    errors: list["CalculateDeliveryOptionsDeliveryOptionsCalculateErrors"]


class CalculateDeliveryOptionsDeliveryOptionsCalculateDeliveries(BaseModel):
    id: str
    shipping_method: Optional[
        "CalculateDeliveryOptionsDeliveryOptionsCalculateDeliveriesShippingMethod"
    ] = Field(alias="shippingMethod")


class CalculateDeliveryOptionsDeliveryOptionsCalculateDeliveriesShippingMethod(
    BaseModel
):
    id: str
    name: str
    description: Optional[Any]
    maximum_delivery_days: Optional[int] = Field(alias="maximumDeliveryDays")
    price: (
        "CalculateDeliveryOptionsDeliveryOptionsCalculateDeliveriesShippingMethodPrice"
    )
    metadata: list[
        "CalculateDeliveryOptionsDeliveryOptionsCalculateDeliveriesShippingMethodMetadata"
    ]


CalculateDeliveryOptionsDeliveryOptionsCalculateDeliveriesShippingMethodPrice = (
    MoneyParts
)


class CalculateDeliveryOptionsDeliveryOptionsCalculateDeliveriesShippingMethodMetadata(
    BaseModel
):
    key: str
    value: str


class CalculateDeliveryOptionsDeliveryOptionsCalculateErrors(BaseModel):
    field: Optional[str]
    message: Optional[str]
    code: DeliveryOptionsCalculateErrorCode
