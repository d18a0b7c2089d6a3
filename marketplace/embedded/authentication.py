"""Authenticating callers: by an App's token, or a user's signed access token."""

import hashlib
from datetime import datetime, timedelta
from typing import Any

import jwt
from django.utils import timezone

from marketplace.embedded.context import RequestContext
from marketplace.embedded.errors import ExpiredToken, InvalidToken
from marketplace.embedded.models import App, AppToken, User
from marketplace.embedded.webhooks.signing import decode_token, encode_token

APP_TOKEN_LENGTH = 30
ACCESS_LIFETIME = timedelta(minutes=5)
REFRESH_LIFETIME = timedelta(days=30)


def token_digest(token: str) -> str:
    """Return the digest that is stored of an App's token."""
    return hashlib.sha256(token.encode()).hexdigest()


def context_for(authorization: str) -> RequestContext:
    """Return the caller that an Authorization header authenticates, or an anonymous one.

    Raises InvalidToken or ExpiredToken for a user's token.
    """
    scheme, _, token = authorization.partition(" ")
    if scheme.lower() not in {"bearer", "jwt"} or not token:
        return RequestContext()
    if len(token) == APP_TOKEN_LENGTH:
        return RequestContext(app=_app_by_token(token))
    return RequestContext(user=user_by_token(token, kind="access"))


def _app_by_token(token: str) -> App | None:
    found = AppToken.objects.filter(digest=token_digest(token), app__is_active=True)
    row = found.select_related("app").first()
    return row.app if row else None


def make_token(user: User, *, kind: str, now: datetime | None = None) -> str:
    """Return a signed ``access`` (5 minutes) or ``refresh`` (30 days) token."""
    now = now or timezone.now()
    lifetime = ACCESS_LIFETIME if kind == "access" else REFRESH_LIFETIME
    claims = {
        "iat": int(now.timestamp()),
        "exp": int((now + lifetime).timestamp()),
        "owner": "saleor",
        "type": kind,
        "email": user.email,
        "token": user.jwt_token_key,
        "user_id": str(user.pk),
        "is_staff": user.is_staff,
    }
    return encode_token(claims)


def user_by_token(token: str, *, kind: str) -> User:
    """Return the active user a token belongs to; raises InvalidToken or ExpiredToken."""
    claims = _claims(token)
    if claims.get("type") != kind:
        raise InvalidToken("Incorrect token type.")
    user = User.objects.filter(email=claims.get("email"), is_active=True).first()
    if user is None or user.jwt_token_key != claims.get("token"):
        raise InvalidToken("Invalid token. User does not exist or is inactive.")
    return user


def _claims(token: str) -> dict[str, Any]:
    try:
        return decode_token(token)
    except jwt.ExpiredSignatureError as error:
        raise ExpiredToken("Signature has expired") from error
    except jwt.PyJWTError as error:
        raise InvalidToken("Invalid token.") from error
