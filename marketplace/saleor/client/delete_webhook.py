from typing import Optional

from pydantic import Field

from .base_model import BaseModel
from .enums import WebhookErrorCode


class DeleteWebhook(BaseModel):
    webhook_delete: Optional["DeleteWebhookWebhookDelete"] = Field(
        alias="webhookDelete"
    )


class DeleteWebhookWebhookDelete(BaseModel):
    webhook: Optional["DeleteWebhookWebhookDeleteWebhook"]
    errors: list["DeleteWebhookWebhookDeleteErrors"]


class DeleteWebhookWebhookDeleteWebhook(BaseModel):
    id: str


class DeleteWebhookWebhookDeleteErrors(BaseModel):
    field: Optional[str]
    message: Optional[str]
    code: WebhookErrorCode
