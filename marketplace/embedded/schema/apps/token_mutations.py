"""Mutations of the tokens of Apps."""

from typing import Any

import graphene

from marketplace.embedded.installed_apps import management
from marketplace.embedded.schema.apps.app import AppToken
from marketplace.embedded.schema.apps.app_mutations import AppManagementMutation
from marketplace.embedded.schema.base import Info, context_of


class AppTokenInput(graphene.InputObjectType):
    """The App that a token is for, and the token's name."""

    name = graphene.String()
    app = graphene.ID(required=True)


class AppTokenMutation(AppManagementMutation):
    """Base of the mutations that answer with a token."""

    class Meta:
        abstract = True

    app_token = graphene.Field(AppToken)


class AppTokenCreate(AppTokenMutation):
    """Create another token of an App; only this answer ever shows all of it."""

    class Arguments:
        input = AppTokenInput(required=True)

    auth_token = graphene.String()

    @classmethod
    def perform(cls, info: Info, input: dict[str, Any]) -> Any:
        row, token = management.create_token(context_of(info), input["app"], name=input.get("name"))
        return cls(auth_token=token, app_token=row)


class AppTokenDelete(AppTokenMutation):
    """Delete a token, so that it is accepted no longer."""

    class Arguments:
        id = graphene.ID(required=True)

    @classmethod
    def perform(cls, info: Info, id: str) -> Any:
        return cls(app_token=management.delete_token(context_of(info), id))


class AppTokenMutations:
    """Mutations of the tokens of Apps."""

    app_token_create = AppTokenCreate.Field()
    app_token_delete = AppTokenDelete.Field()
