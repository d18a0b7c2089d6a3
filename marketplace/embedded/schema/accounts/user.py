"""Users as the API shows them."""

import graphene

from marketplace.embedded import models
from marketplace.embedded.language_codes import enum_code
from marketplace.embedded.permissions import PERMISSION_NAMES
from marketplace.embedded.schema.accounts.orders_of_user import OrdersOfUser
from marketplace.embedded.schema.address import Address
from marketplace.embedded.schema.base import (
    Info,
    ModelType,
    Node,
    ObjectWithMetadata,
    context_of,
    list_of,
)
from marketplace.embedded.schema.enums import LanguageCodeEnum, string_enum

PermissionEnum = string_enum("PermissionEnum", *PERMISSION_NAMES)


class UserPermission(graphene.ObjectType):
    """A permission a staff member holds (the root value is its code)."""

    code = PermissionEnum(required=True)
    name = graphene.String(required=True)

    @staticmethod
    def resolve_code(root: str, _info: Info) -> str:
        return root

    @staticmethod
    def resolve_name(root: str, _info: Info) -> str:
        return PERMISSION_NAMES[root]


class User(OrdersOfUser, ModelType):
    """A customer or a staff member."""

    class Meta:
        model = models.User
        interfaces = (Node, ObjectWithMetadata)

    email = graphene.String(required=True)
    first_name = graphene.String(required=True)
    last_name = graphene.String(required=True)
    is_staff = graphene.Boolean(required=True)
    is_active = graphene.Boolean(required=True)
    is_confirmed = graphene.Boolean(required=True)
    addresses = list_of(Address, required=True)
    note = graphene.String()
    user_permissions = list_of(UserPermission)
    language_code = LanguageCodeEnum(required=True)
    default_shipping_address = graphene.Field(Address)
    default_billing_address = graphene.Field(Address)
    external_reference = graphene.String()
    last_login = graphene.DateTime()
    date_joined = graphene.DateTime(required=True)
    updated_at = graphene.DateTime(required=True)

    @staticmethod
    def resolve_addresses(root: models.User, _info: Info) -> list[models.Address]:
        return list(root.addresses.order_by("pk"))

    @staticmethod
    def resolve_note(root: models.User, info: Info) -> str:
        context_of(info).require("MANAGE_USERS", "MANAGE_STAFF")
        return root.note

    @staticmethod
    def resolve_user_permissions(root: models.User, _info: Info) -> list[str]:
        return sorted(root.effective_permissions) if root.is_staff else []

    @staticmethod
    def resolve_language_code(root: models.User, _info: Info) -> str:
        return enum_code(root.language_code)
