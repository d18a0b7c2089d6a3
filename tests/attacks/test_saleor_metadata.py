"""Strangers at the doors between the shop and its commerce engine.

What a checkout's metadata may do is proved where the engine can be reached by strangers: on the
embedded engine in ``tests/orders/test_whatever_strangers_write.py``, on a real Saleor in
``tests/contract/test_strangers_metadata.py``.
"""

import json
from collections.abc import Callable
from uuid import uuid4

import jwt
import pytest
from cryptography.hazmat.primitives.asymmetric import rsa

from tests.attacks.recorder import Tried
from tests.attacks.visitor import Visitor

ENGINE = "engine.twiza.internal"
ORDER = {
    "order": {
        "id": "T3JkZXI6MQ==",
        "metadata": [{"key": "twiza.order", "value": str(uuid4())}],
        "privateMetadata": [{"key": "twiza.payment_method", "value": "cod"}],
    }
}


@pytest.fixture(scope="module")
def strangers_key() -> rsa.RSAPrivateKey:
    return rsa.generate_private_key(public_exponent=65537, key_size=2048)


def test_the_embedded_engine_cannot_be_asked_from_outside(
    visitor: Callable[[], Visitor], tried: Tried
) -> None:
    document = {"query": 'mutation { updateMetadata(id: "x", input: []) { errors { code } } }'}
    for path in ("/graphql/", "/graphql", "/saleor/graphql/", "/.well-known/jwks.json"):
        for host in (None, ENGINE):
            somebody = visitor()
            headers = {"Host": host} if host else {}
            status = somebody.post(path, json=document, headers=headers).status_code
            tried(f"the engine's API at {path}, host {host or 'the shop'}", status)
            assert status in {400, 403, 404, 405}
    answer = visitor().post("/api/graphql/", json=document)
    tried("writing metadata by the shop's own API", answer.status_code)
    assert "Cannot query field" in answer.text or answer.status_code >= 400


@pytest.mark.parametrize(
    "kid",
    ["1", "k" * 4000, "../../etc/passwd", "\u202e1", ""],
    ids=["unknown", "long", "a path", "turned round", "none"],
)
def test_a_webhook_that_a_stranger_signed_is_not_heard(
    visitor: Callable[[], Visitor], tried: Tried, strangers_key: rsa.RSAPrivateKey, kid: str
) -> None:
    body = json.dumps(ORDER).encode()
    signature = jwt.api_jws.encode(
        body,
        strangers_key,
        algorithm="RS256",
        headers={"kid": kid, "crit": ["b64"]},
        is_payload_detached=True,
    )
    statuses = set()
    for event in ("order_created", "order_updated", "order_paid"):
        headers = {
            "Saleor-Event": event,
            "Saleor-Domain": ENGINE,
            "Saleor-Signature": signature,
            "Content-Type": "application/json",
        }
        statuses.add(visitor().post("/saleor/webhooks/", content=body, headers=headers).status_code)
    tried(f"webhooks about an order under the key id {kid[:20]!r}", sorted(statuses))
    assert statuses <= {400, 401, 413, 503}


def test_a_token_of_a_stranger_is_not_kept(visitor: Callable[[], Visitor], tried: Tried) -> None:
    answer = visitor().post(
        "/saleor/register",
        json={"auth_token": "a" * 30},
        headers={"Saleor-Domain": ENGINE},
    )
    tried("registering a stranger's token", answer.status_code)
    assert answer.status_code in {401, 403, 404, 503}
