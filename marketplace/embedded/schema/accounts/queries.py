"""Queries of users."""

from typing import Any

import graphene

from marketplace.embedded import ids, models
from marketplace.embedded.schema.accounts.user import User
from marketplace.embedded.schema.base import Info, context_of
from marketplace.embedded.schema.connection import connection_field, paginate


class AccountQueries:
    """Queries of users."""

    me = graphene.Field(User)
    user = graphene.Field(User, id=graphene.ID(), email=graphene.String())
    customers = connection_field(User)

    @staticmethod
    def resolve_me(_root: Any, info: Info) -> models.User | None:
        return context_of(info).user

    @staticmethod
    def resolve_user(
        _root: Any,
        info: Info,
        id: str | None = None,
        email: str | None = None,
    ) -> models.User | None:
        context_of(info).require("MANAGE_USERS", "MANAGE_STAFF", "MANAGE_ORDERS")
        if id is not None:
            return ids.find(models.User.objects.all(), id, "User")
        return models.User.objects.filter(email=email).first() if email else None

    @staticmethod
    def resolve_customers(_root: Any, info: Info, **page: Any) -> Any:
        context_of(info).require("MANAGE_USERS", "MANAGE_ORDERS")
        return paginate(info, models.User.objects.filter(is_staff=False), **page)
