"""Signs webhooks as the commerce engine does, for tests of the receiver."""

import json
from typing import Any

import jwt
from cryptography.hazmat.primitives.asymmetric import rsa
from jwt.algorithms import RSAAlgorithm

from marketplace.saleor import instances
from marketplace.saleor.models import EngineInstance

DOMAIN = "saleor.example"


class Signer:
    """A key pair and the headers made with it."""

    def __init__(self, kid: str = "key-1") -> None:
        self.kid = kid
        self.private = rsa.generate_private_key(public_exponent=65537, key_size=2048)

    @property
    def jwks(self) -> dict[str, Any]:
        """The published keys document."""
        public = json.loads(RSAAlgorithm.to_jwk(self.private.public_key()))
        return {"keys": [{**public, "kid": self.kid, "use": "sig"}]}

    def sign(self, body: bytes) -> str:
        """The detached signature of a body."""
        return jwt.api_jws.encode(
            body,
            self.private,
            algorithm="RS256",
            headers={"kid": self.kid, "crit": ["b64"]},
            is_payload_detached=True,
        )

    def headers(self, event: str, body: bytes) -> dict[str, str]:
        """What Saleor sends beside a body."""
        return {
            "Saleor-Event": event,
            "Saleor-Domain": DOMAIN,
            "Saleor-Signature": self.sign(body),
        }


def installed(signer: Signer) -> EngineInstance:
    """The current engine as it is after our App was installed there."""
    instance = instances.current()
    instance.domain, instance.jwks, instance.app_token = DOMAIN, signer.jwks, "token"
    instance.save()
    return instance
