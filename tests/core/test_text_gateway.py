"""What the gateway is asked, and what its answers mean for sending again."""

import json
from typing import Any
from uuid import UUID

import httpx
import pytest

from marketplace.core.text_gateway import GatewaySender
from marketplace.core.text_senders import NotSentYet, OutgoingText, PerhapsSent, TextRefused

REFERENCE = UUID("7b1f4a52-0000-4000-8000-000000000001")
TEXT = OutgoingText(REFERENCE, "+212661223344", "Votre commande\nest en route", "fr")
CODE = OutgoingText(REFERENCE, "+212661223344", "123456 est votre code", "ar", code="123456")


@pytest.fixture(autouse=True)
def gateway(settings: Any) -> None:
    settings.TEXT_GATEWAY = "https://gateway.test/messages"
    settings.TEXT_GATEWAY_TOKEN = "a-token"
    settings.TEXT_GATEWAY_KIND = "sms"


def sent(message: OutgoingText, answer: Any) -> tuple[str, list[httpx.Request]]:
    seen: list[httpx.Request] = []

    def handle(request: httpx.Request) -> httpx.Response:
        seen.append(request)
        if isinstance(answer, Exception):
            raise answer
        return answer

    return GatewaySender(httpx.MockTransport(handle)).send(message), seen


def test_an_sms_is_asked_for_once_by_its_reference() -> None:
    found, (request,) = sent(TEXT, httpx.Response(202, json={"message_id": "m-1"}))

    assert found == "m-1"
    assert request.headers["Authorization"] == "Bearer a-token"
    assert request.headers["Idempotency-Key"] == str(REFERENCE)
    assert json.loads(request.content) == {
        "to": "+212661223344",
        "from": "Twiza",
        "text": TEXT.text,
        "reference": str(REFERENCE),
    }


def test_whatsapp_gets_a_template_with_the_text_in_one_line(settings: Any) -> None:
    settings.TEXT_GATEWAY_KIND = "whatsapp"

    found, (request,) = sent(TEXT, httpx.Response(200, json={"messages": [{"id": "wamid.1"}]}))

    body = json.loads(request.content)
    assert found == "wamid.1"
    assert (body["to"], body["template"]["language"]) == ("212661223344", {"code": "fr"})
    (part,) = body["template"]["components"]
    assert part["parameters"] == [{"type": "text", "text": "Votre commande est en route"}]


def test_a_code_has_whatsapps_template_for_codes(settings: Any) -> None:
    settings.TEXT_GATEWAY_KIND = "whatsapp"

    _found, (request,) = sent(CODE, httpx.Response(200, json={}))

    template = json.loads(request.content)["template"]
    assert template["name"] == "shop_code"
    values = [part["parameters"][0]["text"] for part in template["components"]]
    assert values == ["123456", "123456"]


@pytest.mark.parametrize(
    ("answer", "raised"),
    [
        (httpx.ConnectError("refused"), NotSentYet),
        (httpx.ConnectTimeout("slow"), NotSentYet),
        (httpx.Response(429), NotSentYet),
        (httpx.Response(503), NotSentYet),
        (httpx.Response(401), NotSentYet),
        (httpx.ReadTimeout("no answer"), PerhapsSent),
        (httpx.RemoteProtocolError("cut off"), PerhapsSent),
        (httpx.Response(500), PerhapsSent),
        (httpx.Response(504), PerhapsSent),
        (httpx.Response(400), TextRefused),
        (httpx.Response(302, headers={"Location": "https://elsewhere.test"}), TextRefused),
    ],
)
def test_only_what_surely_did_not_leave_is_tried_again(
    answer: Any, raised: type[Exception]
) -> None:
    with pytest.raises(raised) as told:
        sent(TEXT, answer)
    assert "661223344" not in str(told.value)


@pytest.mark.parametrize("body", [b"", b"not json", b"[]", b'{"messages": "x"}', b'{"id": null}'])
def test_an_answer_without_an_id_is_an_answer(body: bytes) -> None:
    assert sent(TEXT, httpx.Response(200, content=body))[0] == ""
