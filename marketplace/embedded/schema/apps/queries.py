"""Queries of Apps and webhooks."""

from typing import Any

import graphene

from marketplace.embedded import ids, models
from marketplace.embedded.errors import PermissionDenied
from marketplace.embedded.schema.apps.app import App, AppInstallation
from marketplace.embedded.schema.apps.webhook import Webhook
from marketplace.embedded.schema.base import Info, context_of, list_of
from marketplace.embedded.schema.connection import connection_field, paginate


class AppQueries:
    """Queries of Apps."""

    app = graphene.Field(App, id=graphene.ID())
    apps = connection_field(App)
    apps_installations = list_of(AppInstallation, required=True)
    webhook = graphene.Field(Webhook, id=graphene.ID(required=True))

    @staticmethod
    def resolve_app(_root: Any, info: Info, id: str | None = None) -> models.App | None:
        context = context_of(info)
        if id is None:
            if context.app is None:
                raise PermissionDenied(("AUTHENTICATED_APP", "MANAGE_APPS"))
            return context.app
        found = ids.find(models.App.objects.all(), id, "App")
        if context.app is None or context.app != found:
            context.require("MANAGE_APPS", "AUTHENTICATED_STAFF_USER")
        return found

    @staticmethod
    def resolve_apps(_root: Any, info: Info, **page: Any) -> Any:
        context_of(info).require("MANAGE_APPS")
        return paginate(info, models.App.objects.all(), **page)

    @staticmethod
    def resolve_apps_installations(_root: Any, info: Info) -> list[models.AppInstallation]:
        context_of(info).require("MANAGE_APPS")
        return list(models.AppInstallation.objects.exclude(status="SUCCESS").order_by("pk"))

    @staticmethod
    def resolve_webhook(_root: Any, info: Info, id: str) -> models.Webhook | None:
        context = context_of(info)
        found = ids.find(models.Webhook.objects.select_related("app"), id, "Webhook")
        if found is None or context.app != found.app:
            context.require("MANAGE_APPS")
        return found
