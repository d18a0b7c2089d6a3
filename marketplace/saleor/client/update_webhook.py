from typing import Optional

from pydantic import Field

from .base_model import BaseModel
from .enums import WebhookErrorCode


class UpdateWebhook(BaseModel):
    webhook_update: Optional["UpdateWebhookWebhookUpdate"] = Field(
        alias="webhookUpdate"
    )


class UpdateWebhookWebhookUpdate(BaseModel):
    webhook: Optional["UpdateWebhookWebhookUpdateWebhook"]
    errors: list["UpdateWebhookWebhookUpdateErrors"]


class UpdateWebhookWebhookUpdateWebhook(BaseModel):
    id: str


class UpdateWebhookWebhookUpdateErrors(BaseModel):
    field: Optional[str]
    message: Optional[str]
    code: WebhookErrorCode
