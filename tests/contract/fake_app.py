"""A small App of a marketplace: a manifest, a token, webhooks it records, answers it is given."""

import json
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

import httpx
import jwt

Answer = Callable[[Any], Any]

ASYNC_QUERY = """
subscription {
  event {
    __typename
    issuedAt
    ... on ProductCreated { product { id slug name } }
    ... on ProductUpdated { product { id slug name } }
    ... on ProductDeleted { product { id slug } }
    ... on ProductMediaCreated { productMedia { id alt } }
    ... on ProductVariantCreated { productVariant { id sku } }
    ... on ProductVariantUpdated { productVariant { id sku channelListings { price { amount } } } }
    ... on ProductVariantStockUpdated { productVariant { id } warehouse { slug } }
    ... on ProductVariantOutOfStock { productVariant { id sku } warehouse { slug } }
    ... on ProductVariantBackInStock { productVariant { id sku } warehouse { slug } }
    ... on TranslationCreated {
      translation { __typename ... on ProductTranslation { name language { code } } }
    }
    ... on TranslationUpdated {
      translation { __typename ... on ProductTranslation { name language { code } } }
    }
    ... on CategoryCreated { category { slug } }
    ... on ChannelCreated { channel { slug } }
    ... on PageUpdated { page { id slug title } }
  }
}
"""
PERMISSIONS = (
    *("MANAGE_PRODUCTS", "MANAGE_PRODUCT_TYPES_AND_ATTRIBUTES", "MANAGE_PAGES"),
    *("MANAGE_PAGE_TYPES_AND_ATTRIBUTES", "MANAGE_TRANSLATIONS", "MANAGE_CHANNELS"),
    *("MANAGE_SHIPPING", "MANAGE_SETTINGS", "MANAGE_TAXES", "MANAGE_CHECKOUTS"),
    *("MANAGE_ORDERS", "MANAGE_ORDERS_IMPORT", "HANDLE_TAXES", "HANDLE_PAYMENTS"),
    *("HANDLE_CHECKOUTS", "MANAGE_DISCOUNTS"),
)


@dataclass
class Received:
    """One webhook as it arrived."""

    event: str
    payload: Any
    headers: dict[str, str]
    body: bytes


@dataclass
class FakeApp:
    """The App; `answers` by event in lower case, `status` for asynchronous ones.

    `keys` is how the App gets the engine's published keys. Every signature is verified.
    """

    url: str
    identifier: str = "contract.app"
    token: str = ""
    keys: Callable[[], dict[str, Any]] = dict
    extra_webhooks: list[dict[str, Any]] = field(default_factory=list)
    received: list[Received] = field(default_factory=list)
    answers: dict[str, Answer] = field(default_factory=dict)
    status: int = 200
    requests: list[tuple[str, str, dict[str, str]]] = field(default_factory=list)

    def manifest(self) -> dict[str, Any]:
        """What the engine fetches at installation."""
        changes = {"name": "Changes", "query": ASYNC_QUERY, "targetUrl": f"{self.url}/webhooks"}
        return {
            "id": self.identifier,
            "name": "Contract App",
            "version": "1.0",
            "permissions": list(PERMISSIONS),
            "tokenTargetUrl": f"{self.url}/register",
            "appUrl": self.url,
            "webhooks": [changes, *self.extra_webhooks],
        }

    def handle(
        self, method: str, path: str, headers: dict[str, str], body: bytes
    ) -> tuple[int, Any]:
        """Answer one request of the engine."""
        self.requests.append((method, path, headers))
        if path == "/manifest":
            return 200, self.manifest()
        if path == "/register":
            self.token = json.loads(body)["auth_token"]
            return 200, {}
        if "saleor-signature" not in headers:
            return 404, None
        return self._webhook(headers, body)

    def _webhook(self, headers: dict[str, str], body: bytes) -> tuple[int, Any]:
        self._verify(headers["saleor-signature"], body)
        event = headers["saleor-event"]
        payload = json.loads(body) if body else None
        self.received.append(Received(event, payload, headers, body))
        if event in self.answers:
            answer = self.answers[event](payload)
            return (
                (answer.status_code, None) if isinstance(answer, httpx.Response) else (200, answer)
            )
        return self.status, {}

    def _verify(self, signature: str, body: bytes) -> None:
        header = jwt.get_unverified_header(signature)
        assert header["b64"] is False
        key = next(each for each in self.keys()["keys"] if each["kid"] == header["kid"])
        public = jwt.PyJWK.from_dict(key, algorithm="RS256")
        jwt.api_jws.decode(signature, public, algorithms=["RS256"], detached_payload=body)

    def of(self, event: str) -> list[Any]:
        """Return the payloads received for an event (lower case)."""
        return [each.payload for each in self.received if each.event == event]


class AppTransport(httpx.BaseTransport):
    """The embedded engine's way to the App: in process."""

    def __init__(self, app: FakeApp) -> None:
        self._app = app

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        request.read()
        headers = {name.lower(): value for name, value in request.headers.items()}
        status, answer = self._app.handle(
            request.method, request.url.path, headers, request.content
        )
        return httpx.Response(status, json=answer)


_current: list[FakeApp] = []


def use(app: FakeApp) -> None:
    """Make `app` the one that `transport` leads to."""
    _current[:] = [app]


def transport() -> httpx.BaseTransport:
    """What EMBEDDED_ENGINE["APP_TRANSPORT"] names in these tests."""
    return AppTransport(_current[0])
