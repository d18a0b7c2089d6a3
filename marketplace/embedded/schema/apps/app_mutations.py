"""Mutations of Apps."""

from typing import Any

import graphene

from marketplace.embedded import ids, models
from marketplace.embedded.errors import refuse
from marketplace.embedded.installed_apps import management
from marketplace.embedded.installed_apps.installation import install_as_requested
from marketplace.embedded.models.base import delete_row
from marketplace.embedded.schema.accounts.user import PermissionEnum
from marketplace.embedded.schema.apps.app import App, AppInstallation
from marketplace.embedded.schema.base import Info, context_of, list_of
from marketplace.embedded.schema.mutation import EngineMutation, error_type

AppError = error_type(
    "AppError",
    *("FORBIDDEN", "INVALID", "INVALID_STATUS", "INVALID_PERMISSION", "INVALID_URL_FORMAT"),
    *("INVALID_MANIFEST_FORMAT", "MANIFEST_URL_CANT_CONNECT", "NOT_FOUND", "REQUIRED", "UNIQUE"),
    *("OUT_OF_SCOPE_APP", "OUT_OF_SCOPE_PERMISSION", "UNSUPPORTED_SALEOR_VERSION"),
    permissions=list_of(PermissionEnum),
)


class AppInput(graphene.InputObjectType):
    """A local App."""

    name = graphene.String()
    identifier = graphene.String()
    permissions = list_of(PermissionEnum)


class AppInstallInput(graphene.InputObjectType):
    """The manifest to install, and the permissions to grant."""

    app_name = graphene.String(required=True)
    manifest_url = graphene.String(required=True)
    activate_after_installation = graphene.Boolean(default_value=True)
    permissions = list_of(PermissionEnum)


class AppManagementMutation(EngineMutation):
    """Base of the mutations that manage Apps."""

    class Meta:
        abstract = True

    error_type = AppError
    permissions = ("MANAGE_APPS",)


class AppMutation(AppManagementMutation):
    """Base of the mutations that answer with an App."""

    class Meta:
        abstract = True

    app = graphene.Field(App)


class AppInstall(AppManagementMutation):
    """Install an App from its manifest; the installation records a failure."""

    class Arguments:
        input = AppInstallInput(required=True)

    atomic = False
    app_installation = graphene.Field(AppInstallation)

    @classmethod
    def perform(cls, info: Info, input: dict[str, Any]) -> Any:
        permissions = input.get("permissions") or []
        management.check_grantable(context_of(info), permissions)
        if not input["manifest_url"].startswith(("http://", "https://")):
            raise refuse("INVALID_URL_FORMAT", "Enter a valid URL.", field="manifestUrl")
        installation = install_as_requested(
            input["manifest_url"],
            schema=info.schema,
            name=input["app_name"],
            permissions=permissions,
            activate=input["activate_after_installation"],
        )
        return cls(app_installation=installation)


class AppCreate(AppMutation):
    """Create a local App with a token."""

    class Arguments:
        input = AppInput(required=True)

    auth_token = graphene.String()

    @classmethod
    def perform(cls, info: Info, input: dict[str, Any]) -> Any:
        app, token = management.create_local_app(
            context_of(info),
            name=input.get("name"),
            identifier=input.get("identifier"),
            permissions=input.get("permissions") or [],
        )
        return cls(app=app, auth_token=token)


class AppDelete(AppMutation):
    """Delete an App with its tokens and webhooks."""

    class Arguments:
        id = graphene.ID(required=True)

    @classmethod
    def perform(cls, info: Info, id: str) -> Any:
        app = _find_app(id)
        delete_row(app)
        return cls(app=app)


class AppUpdate(AppMutation):
    """Change an App's name or permissions."""

    class Arguments:
        id = graphene.ID(required=True)
        input = AppInput(required=True)

    @classmethod
    def perform(cls, info: Info, id: str, input: dict[str, Any]) -> Any:
        app = _find_app(id)
        permissions = input["permissions"] or [] if "permissions" in input else None
        management.update_app(
            context_of(info), app, name=input.get("name"), permissions=permissions
        )
        return cls(app=app)


class AppActivate(AppMutation):
    """Activate an App."""

    class Arguments:
        id = graphene.ID(required=True)

    @classmethod
    def perform(cls, info: Info, id: str) -> Any:
        app = _find_app(id)
        management.set_active(app, is_active=True)
        return cls(app=app)


class AppDeactivate(AppMutation):
    """Stop an App: its tokens are not accepted, its webhooks not called."""

    class Arguments:
        id = graphene.ID(required=True)

    @classmethod
    def perform(cls, info: Info, id: str) -> Any:
        app = _find_app(id)
        management.set_active(app, is_active=False)
        return cls(app=app)


def _find_app(global_id: str) -> models.App:
    return ids.fetch(models.App.objects.all(), global_id, "App")


class AppMutations:
    """Mutations of Apps."""

    app_install = AppInstall.Field()
    app_create = AppCreate.Field()
    app_delete = AppDelete.Field()
    app_activate = AppActivate.Field()
    app_deactivate = AppDeactivate.Field()
    app_update = AppUpdate.Field()
