"""Apps as the API shows them."""

from typing import Any

import graphene

from marketplace.embedded import models
from marketplace.embedded.permissions import PERMISSION_NAMES
from marketplace.embedded.schema.accounts.user import PermissionEnum
from marketplace.embedded.schema.apps.webhook import Webhook
from marketplace.embedded.schema.base import (
    Info,
    ModelType,
    Node,
    ObjectWithMetadata,
    context_of,
    list_of,
)
from marketplace.embedded.schema.enums import JobStatusEnum, string_enum

AppTypeEnum = string_enum("AppTypeEnum", "LOCAL", "THIRDPARTY")


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
    """A token of an App; only its last characters are shown."""

    class Meta:
        model = models.AppToken
        interfaces = (Node,)

    name = graphene.String()
    auth_token = graphene.String()

    @staticmethod
    def resolve_auth_token(root: models.AppToken, _info: Info) -> str:
        return root.last_4


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
    """An installation: pending, successful or failed."""

    class Meta:
        model = models.AppInstallation
        interfaces = (Node,)

    status = JobStatusEnum(required=True)
    created_at = graphene.DateTime(required=True)
    updated_at = graphene.DateTime(required=True)
    message = graphene.String()
    app_name = graphene.String(required=True)
    manifest_url = graphene.String(required=True)
