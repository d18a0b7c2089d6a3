"""The user of Saleor's Dashboard, from the token that the engine signed for our App's pages."""

from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

import jwt

from marketplace.saleor import instances
from marketplace.saleor.errors import BadPerson, BadSignature, PersonMayNot
from marketplace.saleor.models import EngineInstance
from marketplace.saleor.webhooks.signatures import ALGORITHM, key_of

# Tokens that the engine issues for a user of an App; a user's own access token, which
# every shopper has, is of another kind.
KIND = "thirdparty"
OWNER = "saleor"
_REQUIRED = ["exp", "iat", "app", "type", "owner", "email"]
_LEEWAY_SECONDS = 10


@dataclass(frozen=True)
class DashboardPerson:
    """A Dashboard user of our pages, with the permissions that the engine gives them."""

    email: str
    permissions: frozenset[str]

    def require(self, permission: str) -> None:
        """Raise PersonMayNot without the permission."""
        if permission not in self.permissions:
            raise PersonMayNot


def person_of(token: str) -> DashboardPerson:
    """The user of a token, which must be valid, of the configured engine and for our App.

    Raises BadPerson, or EngineUnavailable when the engine's keys are needed and cannot be fetched.
    """
    instance = instances.current()
    claims = _claims(token, instance)
    if claims["type"] != KIND or claims["owner"] != OWNER:
        raise BadPerson
    if not instance.app_id or claims["app"] != instance.app_id:
        raise BadPerson
    issuer = claims.get("iss")
    if issuer and urlsplit(str(issuer)).netloc != instance.domain:
        raise BadPerson
    permissions = claims.get("user_permissions")
    if not isinstance(permissions, list):
        raise BadPerson
    return DashboardPerson(str(claims["email"]), frozenset(map(str, permissions)))


def _claims(token: str, instance: EngineInstance) -> dict[str, Any]:
    try:
        kid = jwt.get_unverified_header(token).get("kid")
        claims: dict[str, Any] = jwt.decode(
            token,
            key_of(instance, kid),
            algorithms=[ALGORITHM],
            leeway=_LEEWAY_SECONDS,
            options={"require": _REQUIRED, "verify_aud": False, "verify_iss": False},
        )
    except (jwt.InvalidTokenError, BadSignature) as error:
        raise BadPerson from error
    return claims
