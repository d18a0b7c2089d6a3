"""Users: reading oneself, tokens, registration, customers for staff and Apps."""

from datetime import timedelta
from typing import Any

import graphene
from django.utils import timezone

from marketplace.embedded import authentication, ids, models
from marketplace.embedded.errors import ExpiredToken, InvalidToken, PermissionDenied, refuse
from marketplace.embedded.metadata import metadata_dict
from marketplace.embedded.permissions import PERMISSION_NAMES
from marketplace.embedded.schema.address import Address
from marketplace.embedded.schema.base import (
    Info,
    MetadataInput,
    ModelType,
    Node,
    ObjectWithMetadata,
    context_of,
    list_of,
)
from marketplace.embedded.schema.connection import connection_field, paginate
from marketplace.embedded.schema.enums import LanguageCodeEnum, string_enum
from marketplace.embedded.schema.mutation import EngineMutation, error_type
from marketplace.embedded.schema.orders_of_user import OrdersOfUser
from marketplace.embedded.webhooks import emit

MIN_PASSWORD = 8
PermissionEnum = string_enum("PermissionEnum", *PERMISSION_NAMES)
AccountError = error_type(
    "AccountError",
    *("INACTIVE", "INVALID", "INVALID_CREDENTIALS", "NOT_FOUND", "REQUIRED", "UNIQUE"),
    *("PASSWORD_TOO_SHORT", "PASSWORD_ENTIRELY_NUMERIC", "ACCOUNT_NOT_CONFIRMED"),
    *("LOGIN_ATTEMPT_DELAYED", "JWT_SIGNATURE_EXPIRED", "JWT_INVALID_TOKEN"),
    *("JWT_MISSING_TOKEN", "JWT_DECODE_ERROR"),
)


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
        return root.language_code.upper().replace("-", "_")


class CreateToken(EngineMutation):
    """Sign a user in: an access token of five minutes and a refresh token."""

    class Meta:
        error_type = AccountError

    class Arguments:
        email = graphene.String(required=True)
        password = graphene.String(required=True)
        audience = graphene.String()

    token = graphene.String()
    refresh_token = graphene.String()
    user = graphene.Field(User)

    @classmethod
    def perform(
        cls, info: Info, email: str, password: str, audience: str | None = None
    ) -> "CreateToken":
        user = models.User.objects.filter(email__iexact=email.strip()).first()
        if user is None or not user.password or not user.check_password(password):
            raise refuse("INVALID_CREDENTIALS", "Please, enter valid credentials", field="email")
        if not user.is_active:
            raise refuse("INACTIVE", "Account inactive.", field="email")
        now = timezone.now()
        if user.last_login is None or now - user.last_login > timedelta(minutes=15):
            user.last_login = now
            user.save(update_fields=["last_login"])
        return cls(
            token=authentication.make_token(user, kind="access", now=now),
            refresh_token=authentication.make_token(user, kind="refresh", now=now),
            user=user,
        )


class RefreshToken(EngineMutation):
    """Exchange a refresh token for a new access token."""

    class Meta:
        error_type = AccountError

    class Arguments:
        refresh_token = graphene.String()

    token = graphene.String()
    user = graphene.Field(User)

    @classmethod
    def perform(cls, info: Info, refresh_token: str | None = None) -> "RefreshToken":
        user = _user_of(refresh_token, kind="refresh", field="refreshToken")
        return cls(token=authentication.make_token(user, kind="access"), user=user)


class VerifyToken(EngineMutation):
    """Tell whether an access token holds."""

    class Meta:
        error_type = AccountError

    class Arguments:
        token = graphene.String(required=True)

    user = graphene.Field(User)
    is_valid = graphene.Boolean(required=True)

    @classmethod
    def perform(cls, info: Info, token: str) -> "VerifyToken":
        return cls(user=_user_of(token, kind="access", field="token"), is_valid=True)

    @staticmethod
    def resolve_is_valid(root: Any, _info: Info) -> bool:
        return bool(root.is_valid)


def _user_of(token: str | None, *, kind: str, field: str) -> models.User:
    if not token:
        raise refuse("JWT_MISSING_TOKEN", "Missing token.", field=field)
    try:
        return authentication.user_by_token(token, kind=kind)
    except ExpiredToken as error:
        raise refuse("JWT_SIGNATURE_EXPIRED", str(error), field=field) from error
    except InvalidToken as error:
        raise refuse("JWT_INVALID_TOKEN", str(error), field=field) from error


class AccountRegisterInput(graphene.InputObjectType):
    """Who registers."""

    first_name = graphene.String()
    last_name = graphene.String()
    language_code = LanguageCodeEnum()
    email = graphene.String(required=True)
    password = graphene.String(required=True)
    redirect_url = graphene.String()
    metadata = list_of(MetadataInput)
    channel = graphene.String()


class AccountRegister(EngineMutation):
    """Register a customer; an address that is known already answers the same, as Saleor does."""

    class Meta:
        error_type = AccountError

    class Arguments:
        input = AccountRegisterInput(required=True)

    user = graphene.Field(User)
    requires_confirmation = graphene.Boolean()

    @classmethod
    def perform(cls, info: Info, input: dict[str, Any]) -> "AccountRegister":
        email = input["email"].strip().lower()
        if "@" not in email:
            raise refuse("INVALID", "Enter a valid email address.", field="email")
        if len(input["password"]) < MIN_PASSWORD:
            raise refuse("PASSWORD_TOO_SHORT", "This password is too short.", field="password")
        shop = models.Shop.current()
        confirm = shop.enable_account_confirmation_by_email
        user = models.User(
            email=email,
            first_name=input.get("first_name") or "",
            last_name=input.get("last_name") or "",
            language_code=(input.get("language_code") or "EN").lower().replace("_", "-"),
            is_confirmed=not confirm,
            metadata=metadata_dict(input.get("metadata")),
        )
        if models.User.objects.filter(email__iexact=email).exists():
            if confirm:
                return cls(user=user, requires_confirmation=True)
            raise refuse("UNIQUE", "User with this Email already exists.", field="email")
        user.set_password(input["password"])
        user.save()
        emit("CUSTOMER_CREATED", user)
        return cls(user=user, requires_confirmation=confirm)


class AccountQueries:
    """Reads about users."""

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


class AccountMutations:
    """Writes about users."""

    token_create = CreateToken.Field()
    token_refresh = RefreshToken.Field()
    token_verify = VerifyToken.Field()
    account_register = AccountRegister.Field()


def require_user(info: Info) -> models.User:
    """Return the signed-in user or raise PermissionDenied."""
    user = context_of(info).user
    if user is None:
        raise PermissionDenied(("AUTHENTICATED_USER",))
    return user
