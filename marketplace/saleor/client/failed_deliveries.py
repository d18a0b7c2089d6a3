from typing import Any, Optional

from pydantic import Field

from .base_model import BaseModel
from .enums import WebhookEventTypeEnum


class FailedDeliveries(BaseModel):
    app: Optional["FailedDeliveriesApp"]


class FailedDeliveriesApp(BaseModel):
    webhooks: Optional[list["FailedDeliveriesAppWebhooks"]]


class FailedDeliveriesAppWebhooks(BaseModel):
    id: str
    name: Optional[str]
    event_deliveries: Optional["FailedDeliveriesAppWebhooksEventDeliveries"] = Field(
        alias="eventDeliveries"
    )


class FailedDeliveriesAppWebhooksEventDeliveries(BaseModel):
    edges: list["FailedDeliveriesAppWebhooksEventDeliveriesEdges"]


class FailedDeliveriesAppWebhooksEventDeliveriesEdges(BaseModel):
    node: "FailedDeliveriesAppWebhooksEventDeliveriesEdgesNode"


class FailedDeliveriesAppWebhooksEventDeliveriesEdgesNode(BaseModel):
    id: str
    created_at: Any = Field(alias="createdAt")
    event_type: WebhookEventTypeEnum = Field(alias="eventType")
