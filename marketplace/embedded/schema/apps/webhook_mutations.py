"""Mutations of webhooks."""

from typing import Any

import graphene

from marketplace.embedded import ids, models
from marketplace.embedded.errors import refuse
from marketplace.embedded.models.base import delete_row
from marketplace.embedded.schema.apps.webhook import (
    Webhook,
    WebhookEventTypeAsyncEnum,
    WebhookEventTypeSyncEnum,
)
from marketplace.embedded.schema.base import Info, context_of, list_of
from marketplace.embedded.schema.mutation import EngineMutation, error_type
from marketplace.embedded.schema.scalars import JSONString
from marketplace.embedded.webhooks import registration

WebhookError = error_type(
    "WebhookError", "INVALID", "NOT_FOUND", "REQUIRED", "SYNTAX", "MISSING_EVENT"
)


class _WebhookFields:
    name = graphene.String()
    target_url = graphene.String()
    async_events = list_of(WebhookEventTypeAsyncEnum)
    sync_events = list_of(WebhookEventTypeSyncEnum)
    app = graphene.ID()
    is_active = graphene.Boolean()
    query = graphene.String()
    custom_headers = graphene.Argument(JSONString)


class WebhookCreateInput(_WebhookFields, graphene.InputObjectType):
    """A webhook of the calling App, or of `app` when staff calls."""


class WebhookUpdateInput(_WebhookFields, graphene.InputObjectType):
    """Changes of a webhook; what is left out stays."""


def _events(data: dict[str, Any]) -> list[str]:
    return [*(data.get("async_events") or []), *(data.get("sync_events") or [])]


class WebhookMutation(EngineMutation):
    """Base of the mutations of webhooks; an App may change its own."""

    class Meta:
        abstract = True

    error_type = WebhookError
    webhook = graphene.Field(Webhook)


class WebhookCreate(WebhookMutation):
    """Create a webhook."""

    class Arguments:
        input = WebhookCreateInput(required=True)

    @classmethod
    def perform(cls, info: Info, input: dict[str, Any]) -> Any:
        context = context_of(info)
        app = context.app
        if app is None:
            context.require("MANAGE_APPS")
            app = ids.fetch(models.App.objects.all(), input.get("app"), "App", field="app")
        if not input.get("target_url"):
            raise refuse("REQUIRED", "This field is required.", field="targetUrl")
        webhook = registration.create_webhook(
            app,
            schema=info.schema,
            name=input.get("name") or "",
            target_url=input["target_url"],
            query=input.get("query") or "",
            events=_events(input),
            is_active=input.get("is_active", True),
            custom_headers=input.get("custom_headers"),
        )
        return cls(webhook=webhook)


class WebhookUpdate(WebhookMutation):
    """Change a webhook."""

    class Arguments:
        id = graphene.ID()
        input = WebhookUpdateInput(required=True)

    @classmethod
    def perform(cls, info: Info, input: dict[str, Any], id: str = "") -> Any:
        webhook = registration.find_own_webhook(context_of(info), id)
        registration.update_webhook(webhook, input, schema=info.schema, events=_events(input))
        return cls(webhook=webhook)


class WebhookDelete(WebhookMutation):
    """Delete a webhook with its pending deliveries."""

    class Arguments:
        id = graphene.ID()

    @classmethod
    def perform(cls, info: Info, id: str = "") -> Any:
        webhook = registration.find_own_webhook(context_of(info), id)
        delete_row(webhook)
        return cls(webhook=webhook)


class WebhookMutations:
    """Mutations of webhooks."""

    webhook_create = WebhookCreate.Field()
    webhook_update = WebhookUpdate.Field()
    webhook_delete = WebhookDelete.Field()
