from typing import Optional

from pydantic import Field

from .base_model import BaseModel
from .enums import PermissionEnum, WebhookEventTypeAsyncEnum, WebhookEventTypeSyncEnum


class AppAsInstalled(BaseModel):
    app: Optional["AppAsInstalledApp"]


class AppAsInstalledApp(BaseModel):
    id: str
    identifier: Optional[str]
    is_active: Optional[bool] = Field(alias="isActive")
    version: Optional[str]
    permissions: Optional[list["AppAsInstalledAppPermissions"]]
    webhooks: Optional[list["AppAsInstalledAppWebhooks"]]


class AppAsInstalledAppPermissions(BaseModel):
    code: PermissionEnum


class AppAsInstalledAppWebhooks(BaseModel):
    id: str
    name: Optional[str]
    is_active: bool = Field(alias="isActive")
    target_url: str = Field(alias="targetUrl")
    subscription_query: Optional[str] = Field(alias="subscriptionQuery")
    async_events: list["AppAsInstalledAppWebhooksAsyncEvents"] = Field(
        alias="asyncEvents"
    )
    sync_events: list["AppAsInstalledAppWebhooksSyncEvents"] = Field(alias="syncEvents")


class AppAsInstalledAppWebhooksAsyncEvents(BaseModel):
    event_type: WebhookEventTypeAsyncEnum = Field(alias="eventType")


class AppAsInstalledAppWebhooksSyncEvents(BaseModel):
    event_type: WebhookEventTypeSyncEnum = Field(alias="eventType")
