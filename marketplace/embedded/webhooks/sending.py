"""Calling an App over HTTP, with the headers Saleor sends."""

import json
import secrets
from typing import Any

import httpx
from django.conf import settings
from django.utils.module_loading import import_string

from marketplace.embedded.context import SCHEMA_VERSION
from marketplace.embedded.models import Shop
from marketplace.embedded.webhooks.signing import sign

CONNECT_SECONDS = 2.0
READ_SECONDS = 18.0
USER_AGENT = f"Saleor/{SCHEMA_VERSION}"


def api_url(domain: str) -> str:
    """Return the address of the engine's API, as it tells Apps."""
    return f"http://{domain}/graphql/"


def client() -> httpx.Client:
    """Return an HTTP client for calling Apps, over the transport that the settings name."""
    transport: httpx.BaseTransport = import_string(str(settings.EMBEDDED_ENGINE["APP_TRANSPORT"]))()
    timeout = httpx.Timeout(READ_SECONDS, connect=CONNECT_SECONDS)
    return httpx.Client(
        transport=transport,
        timeout=timeout,
        trust_env=False,
        headers={"User-Agent": USER_AGENT, "Accept-Encoding": "gzip, deflate"},
    )


def headers_for(
    event_name: str, body: bytes, custom: dict[str, str] | None = None
) -> dict[str, str]:
    """Return the headers of a webhook request; custom ones cannot replace Saleor's."""
    domain = Shop.current().domain
    signature = sign(body)
    event = event_name.lower()
    return {
        **(custom or {}),
        "Content-Type": "application/json",
        "X-Saleor-Event": event,
        "X-Saleor-Domain": domain,
        "X-Saleor-Signature": signature,
        "Saleor-Event": event,
        "Saleor-Domain": domain,
        "Saleor-Signature": signature,
        "Saleor-Api-Url": api_url(domain),
        "traceparent": f"00-{secrets.token_hex(16)}-{secrets.token_hex(8)}-01",
    }


def post(
    url: str, event_name: str, body: bytes, custom: dict[str, str] | None = None
) -> httpx.Response:
    """Send one signed request; raises httpx.HTTPError when the App cannot be reached."""
    with client() as http:
        return http.post(url, content=body, headers=headers_for(event_name, body, custom))


def encode_body(payload: Any) -> bytes:
    """Serialise a payload the way it is signed and sent."""
    return json.dumps(payload, ensure_ascii=False).encode()
