"""Verification of webhooks: the signature is a detached JWS over the raw body."""

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

import httpx
import jwt
from django.db.models import Q
from django.utils import timezone

from marketplace.saleor import instances
from marketplace.saleor.errors import BadSignature, EngineUnavailable
from marketplace.saleor.models import EngineInstance
from marketplace.saleor.transport import engine_http

ALGORITHM = "RS256"
# An unknown key id makes us fetch the keys again, but all processes together not more often than
# this, whether the keys could be read or not: anybody can name a key that nobody has.
REFETCH_AFTER = timedelta(seconds=60)
LONGEST_KEY_ID = 200


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


def key_of(instance: EngineInstance, kid: object) -> jwt.PyJWK:
    """The engine's key of that id, fetched again when unknown; raises BadSignature.

    Raises EngineUnavailable when the key is unknown and the keys cannot be read now: the engine
    shall come again.
    """
    if not isinstance(kid, str) or not 0 < len(kid) <= LONGEST_KEY_ID:
        raise BadSignature
    found = _find(instance.jwks, kid)
    if found is None:
        if _claim_fetch(instance):
            _fetch(instance)
        found = _find(instance.jwks, kid)
    if found is None:
        if _is_unread(instance):
            raise EngineUnavailable("its keys cannot be read")
        raise BadSignature
    return found


def _find(jwks: dict[str, Any], kid: str) -> jwt.PyJWK | None:
    for key in jwks.get("keys", []):
        if key.get("kid") == kid and key.get("kty") == "RSA":
            return jwt.PyJWK.from_dict(key, ALGORITHM)
    return None


def _claim_fetch(instance: EngineInstance) -> bool:
    """Whether this process fetches the keys now; of several at once only one does."""
    now = timezone.now()
    rested = Q(jwks_tried_at__isnull=True) | Q(jwks_tried_at__lt=now - REFETCH_AFTER)
    claimed = EngineInstance.objects.filter(rested, pk=instance.pk).update(jwks_tried_at=now)
    # Another process may have tried, and read them, since the row was read.
    instance.refresh_from_db(fields=["jwks", "jwks_fetched_at", "jwks_tried_at"])
    return bool(claimed)


def _is_unread(instance: EngineInstance) -> bool:
    """Whether the last try has not read the keys: it failed, or is under way elsewhere."""
    tried, fetched = instance.jwks_tried_at, instance.jwks_fetched_at
    return tried is not None and (fetched is None or fetched < tried)


def fetch_keys(instance: EngineInstance) -> None:
    """Fetch and store the engine's published keys now; raises EngineUnavailable."""
    instance.jwks_tried_at = timezone.now()
    instance.save(update_fields=["jwks_tried_at"])
    _fetch(instance)


def _fetch(instance: EngineInstance) -> None:
    address = httpx.URL(instance.api_url).copy_with(path="/.well-known/jwks.json", query=None)
    try:
        with engine_http() as http:
            answer = http.get(address).raise_for_status().json()
    except (httpx.HTTPError, ValueError) as error:
        raise EngineUnavailable("its keys cannot be read") from error
    instance.jwks = answer if isinstance(answer, dict) else {}
    instance.jwks_fetched_at = timezone.now()
    instance.save(update_fields=["jwks", "jwks_fetched_at"])
