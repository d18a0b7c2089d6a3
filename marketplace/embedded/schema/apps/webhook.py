"""Webhooks and their deliveries as the API shows them."""

from typing import Any

import graphene

from marketplace.embedded import models
from marketplace.embedded.schema.base import Info, ModelType, Node, list_of
from marketplace.embedded.schema.connection import connection_field, paginate
from marketplace.embedded.schema.enums import string_enum
from marketplace.embedded.schema.references import type_of
from marketplace.embedded.schema.scalars import JSONString
from marketplace.embedded.webhooks.events import ASYNC_EVENTS, SYNC_EVENTS

WebhookEventTypeAsyncEnum = string_enum("WebhookEventTypeAsyncEnum", *ASYNC_EVENTS)
WebhookEventTypeSyncEnum = string_enum("WebhookEventTypeSyncEnum", *SYNC_EVENTS)
WebhookEventTypeEnum = string_enum("WebhookEventTypeEnum", *ASYNC_EVENTS, *SYNC_EVENTS)
EventDeliveryStatusEnum = string_enum("EventDeliveryStatusEnum", "PENDING", "SUCCESS", "FAILED")


class WebhookEventAsync(graphene.ObjectType):
    """An asynchronous event a webhook receives."""

    name = graphene.String(required=True)
    event_type = WebhookEventTypeAsyncEnum(required=True)


class WebhookEventSync(graphene.ObjectType):
    """A synchronous event a webhook answers."""

    name = graphene.String(required=True)
    event_type = WebhookEventTypeSyncEnum(required=True)


def _events(root: models.Webhook, known: tuple[str, ...]) -> list[dict[str, str]]:
    return [
        {"name": event.replace("_", " ").capitalize(), "event_type": event}
        for event in root.events
        if event in known
    ]


class EventDelivery(ModelType):
    """The delivery of an asynchronous event."""

    class Meta:
        model = models.EventDelivery
        interfaces = (Node,)

    created_at = graphene.DateTime(required=True)
    status = EventDeliveryStatusEnum(required=True)
    event_type = WebhookEventTypeEnum(required=True)

    @staticmethod
    def resolve_event_type(root: models.EventDelivery, _info: Info) -> str:
        return root.event_type.upper()


class EventDeliveryFilterInput(graphene.InputObjectType):
    """Conditions on deliveries."""

    status = EventDeliveryStatusEnum()
    event_type = WebhookEventTypeEnum()


class Webhook(ModelType):
    """A webhook of an App."""

    class Meta:
        model = models.Webhook
        interfaces = (Node,)

    name = graphene.String()
    sync_events = list_of(WebhookEventSync, required=True)
    async_events = list_of(WebhookEventAsync, required=True)
    app = graphene.Field(type_of(models.App), required=True)
    target_url = graphene.String(required=True)
    is_active = graphene.Boolean(required=True)
    subscription_query = graphene.String()
    custom_headers = graphene.Field(JSONString)
    event_deliveries = connection_field(EventDelivery, filter=EventDeliveryFilterInput())

    @staticmethod
    def resolve_event_deliveries(
        root: models.Webhook, info: Info, filter: dict[str, str] | None = None, **page: Any
    ) -> Any:
        wanted = {"status": "status", "event_type": "event_type__iexact"}
        asked = {wanted[name]: value for name, value in (filter or {}).items() if value}
        rows = root.deliveries.filter(**asked)
        return paginate(info, rows, (("created_at", True),), **page)

    @staticmethod
    def resolve_sync_events(root: models.Webhook, _info: Info) -> list[dict[str, str]]:
        return _events(root, SYNC_EVENTS)

    @staticmethod
    def resolve_async_events(root: models.Webhook, _info: Info) -> list[dict[str, str]]:
        return _events(root, ASYNC_EVENTS)
