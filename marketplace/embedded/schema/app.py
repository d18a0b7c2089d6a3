"""Apps: installing, tokens, webhooks."""

from typing import Any

import graphene

from marketplace.embedded import ids, installation, models
from marketplace.embedded.errors import CommandError, PermissionDenied, refuse
from marketplace.embedded.permissions import PERMISSION_NAMES
from marketplace.embedded.schema.account import PermissionEnum
from marketplace.embedded.schema.base import (
    Info,
    ModelType,
    Node,
    ObjectWithMetadata,
    context_of,
    list_of,
)
from marketplace.embedded.schema.connection import connection_field, paginate
from marketplace.embedded.schema.enums import JobStatusEnum, string_enum
from marketplace.embedded.schema.mutation import EngineMutation, error_type
from marketplace.embedded.schema.scalars import JSONString
from marketplace.embedded.webhooks.events import ASYNC_EVENTS, SYNC_EVENTS

AppTypeEnum = string_enum("AppTypeEnum", "LOCAL", "THIRDPARTY")
WebhookEventTypeAsyncEnum = string_enum("WebhookEventTypeAsyncEnum", *ASYNC_EVENTS)
WebhookEventTypeSyncEnum = string_enum("WebhookEventTypeSyncEnum", *SYNC_EVENTS)
WebhookEventTypeEnum = string_enum("WebhookEventTypeEnum", *ASYNC_EVENTS, *SYNC_EVENTS)
EventDeliveryStatusEnum = string_enum("EventDeliveryStatusEnum", "PENDING", "SUCCESS", "FAILED")
AppError = error_type(
    "AppError",
    *("FORBIDDEN", "INVALID", "INVALID_STATUS", "INVALID_PERMISSION", "INVALID_URL_FORMAT"),
    *("INVALID_MANIFEST_FORMAT", "MANIFEST_URL_CANT_CONNECT", "NOT_FOUND", "REQUIRED", "UNIQUE"),
    *("OUT_OF_SCOPE_APP", "OUT_OF_SCOPE_PERMISSION", "UNSUPPORTED_SALEOR_VERSION"),
    permissions=list_of(PermissionEnum),
)
WebhookError = error_type(
    "WebhookError", "INVALID", "NOT_FOUND", "REQUIRED", "SYNTAX", "MISSING_EVENT"
)


class Permission(graphene.ObjectType):
    """A permission (the root value is its code)."""

    code = PermissionEnum(required=True)
    name = graphene.String(required=True)

    @staticmethod
    def resolve_code(root: str, _info: Info) -> str:
        return root

    @staticmethod
    def resolve_name(root: str, _info: Info) -> str:
        return PERMISSION_NAMES[root]


class AppToken(ModelType):
    """A token of an App; its end only, never the whole."""

    class Meta:
        model = models.AppToken
        interfaces = (Node,)

    name = graphene.String()
    auth_token = graphene.String()

    @staticmethod
    def resolve_auth_token(root: models.AppToken, _info: Info) -> str:
        return root.last_4


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
    """An asynchronous event on its way to an App."""

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
    """Which deliveries are asked for."""

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
    app = graphene.Field(lambda: App, required=True)
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


def _require_own(root: models.App, info: Info) -> None:
    context = context_of(info)
    if context.app != root:
        context.require("MANAGE_APPS")


class App(ModelType):
    """A third party: an App sees itself; staff with MANAGE_APPS see all."""

    class Meta:
        model = models.App
        interfaces = (Node, ObjectWithMetadata)

    identifier = graphene.String()
    permissions = list_of(Permission)
    created = graphene.DateTime()
    is_active = graphene.Boolean()
    name = graphene.String()
    type = AppTypeEnum()
    tokens = list_of(AppToken)
    webhooks = list_of(Webhook)
    about_app = graphene.String()
    data_privacy_url = graphene.String()
    homepage_url = graphene.String()
    support_url = graphene.String()
    configuration_url = graphene.String()
    app_url = graphene.String()
    manifest_url = graphene.String()
    version = graphene.String()
    author = graphene.String()

    @staticmethod
    def resolve_created(root: models.App, _info: Info) -> Any:
        return root.created_at

    @staticmethod
    def resolve_tokens(root: models.App, info: Info) -> list[models.AppToken]:
        _require_own(root, info)
        return list(root.tokens.all())

    @staticmethod
    def resolve_webhooks(root: models.App, info: Info) -> list[models.Webhook]:
        _require_own(root, info)
        return list(root.webhooks.all())


class AppInstallation(ModelType):
    """An installation under way, done or failed."""

    class Meta:
        model = models.AppInstallation
        interfaces = (Node,)

    status = JobStatusEnum(required=True)
    created_at = graphene.DateTime(required=True)
    updated_at = graphene.DateTime(required=True)
    message = graphene.String()
    app_name = graphene.String(required=True)
    manifest_url = graphene.String(required=True)


class AppInput(graphene.InputObjectType):
    """A local App."""

    name = graphene.String()
    identifier = graphene.String()
    permissions = list_of(PermissionEnum)


class AppInstallInput(graphene.InputObjectType):
    """Which manifest to install, with which permissions."""

    app_name = graphene.String(required=True)
    manifest_url = graphene.String(required=True)
    activate_after_installation = graphene.Boolean(default_value=True)
    permissions = list_of(PermissionEnum)


def _check_grantable(info: Info, permissions: list[str]) -> None:
    missing = sorted(set(permissions) - context_of(info).permissions)
    if missing:
        message = "You can't add permission that you don't have."
        raise refuse("OUT_OF_SCOPE_PERMISSION", message, field="permissions", permissions=missing)


class AppInstall(EngineMutation):
    """Install an App from its manifest; a failure stays visible in the installation."""

    class Meta:
        error_type = AppError
        permissions = ("MANAGE_APPS",)

    class Arguments:
        input = AppInstallInput(required=True)

    atomic = False
    app_installation = graphene.Field(AppInstallation)

    @classmethod
    def perform(cls, info: Info, input: dict[str, Any]) -> "AppInstall":
        permissions = input.get("permissions") or []
        _check_grantable(info, permissions)
        if not input["manifest_url"].startswith(("http://", "https://")):
            raise refuse("INVALID_URL_FORMAT", "Enter a valid URL.", field="manifestUrl")
        row = models.AppInstallation.objects.create(
            app_name=input["app_name"], manifest_url=input["manifest_url"]
        )
        try:
            installation.install(
                input["manifest_url"],
                schema=info.schema,
                name=input["app_name"],
                permissions=permissions,
                activate=input["activate_after_installation"],
            )
            row.status = "SUCCESS"
        except CommandError as error:
            row.status, row.message = "FAILED", str(error)[:255]
        row.save()
        return cls(app_installation=row)


class AppCreate(EngineMutation):
    """Create a local App with a token."""

    class Meta:
        error_type = AppError
        permissions = ("MANAGE_APPS",)

    class Arguments:
        input = AppInput(required=True)

    auth_token = graphene.String()
    app = graphene.Field(App)

    @classmethod
    def perform(cls, info: Info, input: dict[str, Any]) -> "AppCreate":
        if context_of(info).app is not None:
            raise PermissionDenied(message="Only staff makes Apps.")
        if not input.get("name"):
            raise refuse("REQUIRED", "This field is required.", field="name")
        permissions = input.get("permissions") or []
        _check_grantable(info, permissions)
        app = models.App.objects.create(
            name=input["name"],
            identifier=input.get("identifier") or "",
            permissions=permissions,
            type="LOCAL",
        )
        token = installation.new_token()
        installation.save_token(app, token)
        return cls(app=app, auth_token=token)


class AppDelete(EngineMutation):
    """Remove an App with its tokens and webhooks."""

    class Meta:
        error_type = AppError
        permissions = ("MANAGE_APPS",)

    class Arguments:
        id = graphene.ID(required=True)

    app = graphene.Field(App)

    @classmethod
    def perform(cls, info: Info, id: str) -> "AppDelete":
        app = ids.fetch(models.App.objects.all(), id, "App")
        pk = app.pk
        app.delete()
        app.pk = pk
        return cls(app=app)


def _check_all_granted(info: Info, app: models.App, field: str) -> None:
    if not set(app.permissions) <= context_of(info).permissions:
        raise refuse("OUT_OF_SCOPE_APP", "You can't manage this app.", field=field)


class AppUpdate(EngineMutation):
    """Change an App's name or what it may do."""

    class Meta:
        error_type = AppError
        permissions = ("MANAGE_APPS",)

    class Arguments:
        id = graphene.ID(required=True)
        input = AppInput(required=True)

    app = graphene.Field(App)

    @classmethod
    def perform(cls, info: Info, id: str, input: dict[str, Any]) -> "AppUpdate":
        app = ids.fetch(models.App.objects.all(), id, "App")
        _check_all_granted(info, app, "id")
        _check_grantable(info, input.get("permissions") or [])
        if "permissions" in input:
            app.permissions = sorted(input["permissions"] or [])
        app.name = input.get("name") or app.name
        app.save(update_fields=["name", "permissions"])
        return cls(app=app)


class AppTokenInput(graphene.InputObjectType):
    """For which App a token is made."""

    name = graphene.String()
    app = graphene.ID(required=True)


class AppTokenCreate(EngineMutation):
    """Make one more token of an App; only this answer ever shows the whole of it."""

    class Meta:
        error_type = AppError
        permissions = ("MANAGE_APPS",)

    class Arguments:
        input = AppTokenInput(required=True)

    auth_token = graphene.String()
    app_token = graphene.Field(AppToken)

    @classmethod
    def perform(cls, info: Info, input: dict[str, Any]) -> "AppTokenCreate":
        app = ids.fetch(models.App.objects.all(), input["app"], "App", field="app")
        _check_all_granted(info, app, "app")
        token = installation.new_token()
        row = installation.save_token(app, token, input.get("name") or "")
        return cls(auth_token=token, app_token=row)


class AppTokenDelete(EngineMutation):
    """Let a token count no longer."""

    class Meta:
        error_type = AppError
        permissions = ("MANAGE_APPS",)

    class Arguments:
        id = graphene.ID(required=True)

    app_token = graphene.Field(AppToken)

    @classmethod
    def perform(cls, info: Info, id: str) -> "AppTokenDelete":
        token = ids.fetch(models.AppToken.objects.select_related("app"), id, "AppToken")
        _check_all_granted(info, token.app, "id")
        pk = token.pk
        token.delete()
        token.pk = pk
        return cls(app_token=token)


class _AppSwitch(EngineMutation):
    class Meta:
        abstract = True

    active = False
    app: Any = None

    @classmethod
    def perform(cls, info: Info, id: str) -> Any:
        app = ids.fetch(models.App.objects.all(), id, "App")
        app.is_active = cls.active
        app.save(update_fields=["is_active"])
        return cls(app=app)


class AppActivate(_AppSwitch):
    """Let an App work."""

    class Meta:
        error_type = AppError
        permissions = ("MANAGE_APPS",)

    class Arguments:
        id = graphene.ID(required=True)

    active = True
    app = graphene.Field(App)


class AppDeactivate(_AppSwitch):
    """Stop an App: its token no longer counts, its webhooks are not called."""

    class Meta:
        error_type = AppError
        permissions = ("MANAGE_APPS",)

    class Arguments:
        id = graphene.ID(required=True)

    active = False
    app = graphene.Field(App)


class _WebhookFields:
    """What may be said of a webhook, when it is made and when it is changed."""

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


class WebhookCreate(EngineMutation):
    """Create a webhook."""

    class Meta:
        error_type = WebhookError

    class Arguments:
        input = WebhookCreateInput(required=True)

    webhook = graphene.Field(Webhook)

    @classmethod
    def perform(cls, info: Info, input: dict[str, Any]) -> "WebhookCreate":
        context = context_of(info)
        app = context.app
        if app is None:
            context.require("MANAGE_APPS")
            app = ids.fetch(models.App.objects.all(), input.get("app"), "App", field="app")
        if not input.get("target_url"):
            raise refuse("REQUIRED", "This field is required.", field="targetUrl")
        webhook = installation.create_webhook(
            app,
            schema=info.schema,
            name=input.get("name") or "",
            target_url=input["target_url"],
            query=input.get("query") or "",
            events=[*(input.get("async_events") or []), *(input.get("sync_events") or [])],
            is_active=input.get("is_active", True),
            custom_headers=input.get("custom_headers"),
        )
        return cls(webhook=webhook)


def _webhook_of_caller(info: Info, id: str) -> models.Webhook:
    """An App reaches its own webhooks, staff with MANAGE_APPS all."""
    context = context_of(info)
    rows = models.Webhook.objects.all()
    if context.app is not None:
        rows = rows.filter(app=context.app)
    else:
        context.require("MANAGE_APPS")
    found: models.Webhook = ids.fetch(rows, id, "Webhook")
    return found


class WebhookUpdateInput(_WebhookFields, graphene.InputObjectType):
    """What changes about a webhook; what is left out stays."""


class WebhookUpdate(EngineMutation):
    """Change a webhook."""

    class Meta:
        error_type = WebhookError

    class Arguments:
        id = graphene.ID()
        input = WebhookUpdateInput(required=True)

    webhook = graphene.Field(Webhook)

    @classmethod
    def perform(cls, info: Info, input: dict[str, Any], id: str = "") -> "WebhookUpdate":
        row = _webhook_of_caller(info, id)
        query = input.get("query", row.subscription_query)
        events = [*(input.get("async_events") or []), *(input.get("sync_events") or [])]
        if events or "query" in input:
            row.events = installation.checked_events(info.schema, query, events)
        row.subscription_query = query
        for name in ("name", "target_url", "is_active", "custom_headers"):
            if input.get(name) is not None:
                setattr(row, name, input[name])
        row.save()
        return cls(webhook=row)


class WebhookDelete(EngineMutation):
    """Remove a webhook and what still waits for it."""

    class Meta:
        error_type = WebhookError

    class Arguments:
        id = graphene.ID()

    webhook = graphene.Field(Webhook)

    @classmethod
    def perform(cls, info: Info, id: str = "") -> "WebhookDelete":
        row = _webhook_of_caller(info, id)
        pk = row.pk
        row.delete()
        row.pk = pk
        return cls(webhook=row)


class AppQueries:
    """Reads about Apps."""

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


class AppMutations:
    """Writes about Apps."""

    app_install = AppInstall.Field()
    app_create = AppCreate.Field()
    app_delete = AppDelete.Field()
    app_activate = AppActivate.Field()
    app_deactivate = AppDeactivate.Field()
    app_update = AppUpdate.Field()
    app_token_create = AppTokenCreate.Field()
    app_token_delete = AppTokenDelete.Field()
    webhook_create = WebhookCreate.Field()
    webhook_update = WebhookUpdate.Field()
    webhook_delete = WebhookDelete.Field()
