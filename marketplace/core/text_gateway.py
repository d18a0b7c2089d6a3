"""Text messages by a gateway over HTTPS: one for SMS, or WhatsApp Business (Cloud API).

Both take a POST of JSON with a bearer token. ``sms``: ``{"to", "from", "text", "reference"}``,
with the reference as ``Idempotency-Key`` too. ``whatsapp``: a message of a template that Meta has
approved, with the text (or the code) as its only value; outside a conversation that the buyer has
begun, WhatsApp takes nothing else.
"""

from typing import Any

import httpx
from django.conf import settings

from marketplace.core.text_senders import NotSentYet, OutgoingText, PerhapsSent, TextRefused

CONNECT_SECONDS, READ_SECONDS = 3.0, 10.0
_BUSY = {httpx.codes.TOO_MANY_REQUESTS, httpx.codes.SERVICE_UNAVAILABLE}
# The gateway does not let us in: an operator mends the token, and nothing was sent meanwhile.
_SHUT = {httpx.codes.UNAUTHORIZED, httpx.codes.FORBIDDEN}
LONGEST_ID = 120


class GatewaySender:
    """Sends by the gateway of ``TWIZA_TEXT_GATEWAY``."""

    def __init__(self, transport: httpx.BaseTransport | None = None) -> None:
        self._transport = transport

    def send(self, message: OutgoingText) -> str:
        try:
            with self._client() as client:
                answer = client.post(
                    settings.TEXT_GATEWAY, json=_body(message), headers=_headers(message)
                )
        except (httpx.ConnectError, httpx.ConnectTimeout, httpx.PoolTimeout) as error:
            raise NotSentYet(type(error).__name__) from error
        except httpx.TransportError as error:
            raise PerhapsSent(type(error).__name__) from error
        return _outcome(answer)

    def _client(self) -> httpx.Client:
        return httpx.Client(
            timeout=httpx.Timeout(READ_SECONDS, connect=CONNECT_SECONDS),
            transport=self._transport,
            trust_env=False,
        )


def _headers(message: OutgoingText) -> dict[str, str]:
    return {
        "Authorization": f"Bearer {settings.TEXT_GATEWAY_TOKEN}",
        "Idempotency-Key": str(message.reference),
    }


def _body(message: OutgoingText) -> dict[str, Any]:
    if settings.TEXT_GATEWAY_KIND == "whatsapp":
        return _whatsapp(message)
    return {
        "to": message.to,
        "from": settings.TEXT_SENDER_NAME,
        "text": message.text,
        "reference": str(message.reference),
    }


def _whatsapp(message: OutgoingText) -> dict[str, Any]:
    value = message.code or message.text
    parts: list[dict[str, Any]] = [{"type": "body", "parameters": [_value(value)]}]
    if message.code:
        # Meta's templates for codes repeat it in the button that copies it.
        button = {"type": "button", "sub_type": "url", "index": "0", "parameters": [_value(value)]}
        parts.append(button)
    name = settings.TEXT_CODE_TEMPLATE if message.code else settings.TEXT_TEMPLATE
    return {
        "messaging_product": "whatsapp",
        "recipient_type": "individual",
        "to": message.to.removeprefix("+"),
        "type": "template",
        "template": {
            "name": name,
            "language": {"code": message.language},
            "components": parts,
        },
    }


def _value(text: str) -> dict[str, str]:
    """A template's value: WhatsApp refuses line breaks in it."""
    return {"type": "text", "text": " ".join(text.split())}


def _outcome(answer: httpx.Response) -> str:
    """The provider's id. What went wrong is said without the number or the text."""
    status = answer.status_code
    if answer.is_success:
        return _id_in(answer)
    if status in _BUSY or status in _SHUT:
        raise NotSentYet(f"HTTP {status}")
    if answer.is_server_error:
        raise PerhapsSent(f"HTTP {status}")
    raise TextRefused(f"HTTP {status}")


def _id_in(answer: httpx.Response) -> str:
    try:
        said = answer.json()
    except ValueError:
        return ""
    if not isinstance(said, dict):
        return ""
    listed = said.get("messages")
    first = listed[0] if isinstance(listed, list) and listed else {}
    found = (
        said.get("id")
        or said.get("message_id")
        or (first.get("id") if isinstance(first, dict) else "")
    )
    return str(found or "")[:LONGEST_ID]
