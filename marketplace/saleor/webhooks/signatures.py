"""Verification of webhooks: the signature is a detached JWS over the raw body."""

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

import httpx
import jwt
from django.utils import timezone

from marketplace.saleor import instances
from marketplace.saleor.errors import BadSignature, EngineUnavailable
from marketplace.saleor.models import EngineInstance
from marketplace.saleor.transport import engine_http

ALGORITHM = "RS256"
# An unknown key id makes us fetch the keys again, but not more often than this.
REFETCH_AFTER = timedelta(seconds=60)


def verify(headers: Mapping[str, str], body: bytes) -> EngineInstance:
    """The engine that signed ``body``; raises BadSignature unless it is the configured one.

    Raises EngineUnavailable when the engine's keys are needed and cannot be fetched.
    """
    instance = instances.current()
    domain = instances.domain_of(instance)
    if not domain or headers.get("Saleor-Domain") != domain:
        raise BadSignature
    signature = headers.get("Saleor-Signature", "")
    key = key_of(instance, _detached_header(signature).get("kid"))
    try:
        jwt.api_jws.decode(signature, key, algorithms=[ALGORITHM], detached_payload=body)
    except jwt.InvalidTokenError as error:
        raise BadSignature from error
    return instance


def _detached_header(signature: str) -> dict[str, Any]:
    """The header of a detached signature; raises BadSignature for any other kind.

    The engine signs its customers' access tokens with the same key. Such a token carries a payload
    of its own, would be found valid, and proves nothing about this body.
    """
    try:
        header = jwt.get_unverified_header(signature)
    except jwt.InvalidTokenError as error:
        raise BadSignature from error
    if ".." not in signature or header.get("b64") is not False:
        raise BadSignature
    return header


def key_of(instance: EngineInstance, kid: str | None) -> jwt.PyJWK:
    """The engine's key of that id, fetched again when unknown; raises BadSignature.

    Raises EngineUnavailable when the keys are needed and cannot be fetched.
    """
    found = _find(instance.jwks, kid)
    if found is None and _may_fetch(instance):
        fetch_keys(instance)
        found = _find(instance.jwks, kid)
    if found is None:
        raise BadSignature
    return found


def _find(jwks: dict[str, Any], kid: str | None) -> jwt.PyJWK | None:
    for key in jwks.get("keys", []):
        if key.get("kid") == kid and key.get("kty") == "RSA":
            return jwt.PyJWK.from_dict(key, ALGORITHM)
    return None


def _may_fetch(instance: EngineInstance) -> bool:
    fetched = instance.jwks_fetched_at
    return fetched is None or timezone.now() - fetched > REFETCH_AFTER


def fetch_keys(instance: EngineInstance) -> None:
    """Fetch and store the engine's published keys; raises EngineUnavailable."""
    address = httpx.URL(instance.api_url).copy_with(path="/.well-known/jwks.json", query=None)
    instance.jwks_fetched_at = timezone.now()
    try:
        with engine_http() as http:
            answer = http.get(address).raise_for_status().json()
    except (httpx.HTTPError, ValueError) as error:
        raise EngineUnavailable("its keys cannot be read") from error
    instance.jwks = answer if isinstance(answer, dict) else {}
    instance.save(update_fields=["jwks", "jwks_fetched_at"])
