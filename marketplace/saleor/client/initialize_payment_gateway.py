from typing import Any, Optional

from pydantic import Field

from .base_model import BaseModel
from .enums import PaymentGatewayConfigErrorCode, PaymentGatewayInitializeErrorCode


class InitializePaymentGateway(BaseModel):
    payment_gateway_initialize: Optional[
        "InitializePaymentGatewayPaymentGatewayInitialize"
    ] = Field(alias="paymentGatewayInitialize")


class InitializePaymentGatewayPaymentGatewayInitialize(BaseModel):
    gateway_configs: Optional[
        list["InitializePaymentGatewayPaymentGatewayInitializeGatewayConfigs"]
    ] = Field(alias="gatewayConfigs")
    errors: list["InitializePaymentGatewayPaymentGatewayInitializeErrors"]


class InitializePaymentGatewayPaymentGatewayInitializeGatewayConfigs(BaseModel):
    id: str
    data: Optional[Any]
    errors: Optional[
        list["InitializePaymentGatewayPaymentGatewayInitializeGatewayConfigsErrors"]
    ]


class InitializePaymentGatewayPaymentGatewayInitializeGatewayConfigsErrors(BaseModel):
    field: Optional[str]
    message: Optional[str]
    code: PaymentGatewayConfigErrorCode


class InitializePaymentGatewayPaymentGatewayInitializeErrors(BaseModel):
    field: Optional[str]
    message: Optional[str]
    code: PaymentGatewayInitializeErrorCode
