"""Signing webhook bodies: detached JWS, RS256, unencoded payload (RFC 7797)."""

import hashlib
import json
from functools import lru_cache
from typing import Any

import jwt
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import rsa
from jwt.algorithms import RSAAlgorithm

from marketplace.embedded.models import SigningKey
from marketplace.embedded.request_cache import get_or_load

ALGORITHM = "RS256"


def ensure_key() -> SigningKey:
    """Return the signing key, creating one when the engine has none."""
    return get_or_load(SigningKey, lambda: SigningKey.objects.first() or _make_key())


def _make_key() -> SigningKey:
    private = rsa.generate_private_key(public_exponent=65537, key_size=2048)
    pem = private.private_bytes(
        serialization.Encoding.PEM,
        serialization.PrivateFormat.PKCS8,
        serialization.NoEncryption(),
    ).decode()
    public = private.public_key().public_bytes(
        serialization.Encoding.DER, serialization.PublicFormat.SubjectPublicKeyInfo
    )
    kid = jwt.utils.base64url_encode(hashlib.sha256(public).digest()).decode()
    return SigningKey.objects.create(kid=kid, private_pem=pem)


@lru_cache(maxsize=8)
def _load(pem: str) -> rsa.RSAPrivateKey:
    key = serialization.load_pem_private_key(pem.encode(), password=None)
    assert isinstance(key, rsa.RSAPrivateKey)
    return key


def sign(body: bytes) -> str:
    """Return the ``Saleor-Signature`` of a body."""
    key = ensure_key()
    return jwt.api_jws.encode(
        body,
        key=_load(key.private_pem),
        algorithm=ALGORITHM,
        headers={"kid": key.kid, "crit": ["b64"]},
        is_payload_detached=True,
    )


def encode_token(claims: dict[str, Any]) -> str:
    """Sign a user's token."""
    key = ensure_key()
    return jwt.encode(claims, _load(key.private_pem), algorithm=ALGORITHM, headers={"kid": key.kid})


def decode_token(token: str) -> dict[str, Any]:
    """Return the claims of a user's token; raises PyJWT's errors."""
    key = ensure_key()
    public = _load(key.private_pem).public_key()
    claims: dict[str, Any] = jwt.decode(
        token, public, algorithms=[ALGORITHM], options={"verify_aud": False}
    )
    return claims


def published_keys() -> dict[str, Any]:
    """Return the JSON Web Key Set served at ``/.well-known/jwks.json``."""
    keys = []
    for row in SigningKey.objects.all() or [ensure_key()]:
        key = json.loads(RSAAlgorithm.to_jwk(_load(row.private_pem).public_key()))
        keys.append({**key, "use": "sig", "kid": row.kid})
    return {"keys": keys}
