"""Signing in, and registering customers."""

from typing import Any

import graphene

from marketplace.embedded import accounts, authentication, models
from marketplace.embedded.accounts import RegistrationData
from marketplace.embedded.errors import ExpiredToken, InvalidToken, refuse
from marketplace.embedded.schema.accounts.user import User
from marketplace.embedded.schema.base import Info, MetadataInput, list_of
from marketplace.embedded.schema.enums import LanguageCodeEnum
from marketplace.embedded.schema.mutation import EngineMutation, error_type

AccountError = error_type(
    "AccountError",
    *("INACTIVE", "INVALID", "INVALID_CREDENTIALS", "NOT_FOUND", "REQUIRED", "UNIQUE"),
    *("PASSWORD_TOO_SHORT", "PASSWORD_ENTIRELY_NUMERIC", "ACCOUNT_NOT_CONFIRMED"),
    *("LOGIN_ATTEMPT_DELAYED", "JWT_SIGNATURE_EXPIRED", "JWT_INVALID_TOKEN"),
    *("JWT_MISSING_TOKEN", "JWT_DECODE_ERROR"),
)


class AccountMutation(EngineMutation):
    """Base of the mutations that answer with a user."""

    class Meta:
        abstract = True

    error_type = AccountError
    user = graphene.Field(User)


class CreateToken(AccountMutation):
    """Sign a user in: an access token of five minutes and a refresh token."""

    class Arguments:
        email = graphene.String(required=True)
        password = graphene.String(required=True)
        audience = graphene.String()

    token = graphene.String()
    refresh_token = graphene.String()

    @classmethod
    def perform(cls, info: Info, email: str, password: str, audience: str | None = None) -> Any:
        user = accounts.sign_in(email, password)
        return cls(
            token=authentication.make_token(user, kind="access"),
            refresh_token=authentication.make_token(user, kind="refresh"),
            user=user,
        )


class RefreshToken(AccountMutation):
    """Exchange a refresh token for a new access token."""

    class Arguments:
        refresh_token = graphene.String()

    token = graphene.String()

    @classmethod
    def perform(cls, info: Info, refresh_token: str | None = None) -> Any:
        user = _user_of(refresh_token, kind="refresh", field="refreshToken")
        return cls(token=authentication.make_token(user, kind="access"), user=user)


class VerifyToken(AccountMutation):
    """Tell whether an access token is valid."""

    class Arguments:
        token = graphene.String(required=True)

    is_valid = graphene.Boolean(required=True)

    @classmethod
    def perform(cls, info: Info, token: str) -> Any:
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
    """A new customer."""

    first_name = graphene.String()
    last_name = graphene.String()
    language_code = LanguageCodeEnum()
    email = graphene.String(required=True)
    password = graphene.String(required=True)
    redirect_url = graphene.String()
    metadata = list_of(MetadataInput)
    channel = graphene.String()


class AccountRegister(AccountMutation):
    """Register a customer."""

    class Arguments:
        input = AccountRegisterInput(required=True)

    requires_confirmation = graphene.Boolean()

    @classmethod
    def perform(cls, info: Info, input: RegistrationData) -> Any:
        user, requires_confirmation = accounts.register_customer(input)
        return cls(user=user, requires_confirmation=requires_confirmation)


class AccountMutations:
    """Mutations of users."""

    token_create = CreateToken.Field()
    token_refresh = RefreshToken.Field()
    token_verify = VerifyToken.Field()
    account_register = AccountRegister.Field()
