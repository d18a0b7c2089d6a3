"""Webhooks: only the engine's are heard, each is kept once, and handled until it succeeds."""

import json
from datetime import UTC, datetime, timedelta
from typing import Any

import httpx
import jwt
import pytest
import time_machine
from django.test import Client

from marketplace.saleor import inbox, instances
from marketplace.saleor.errors import BadSignature
from marketplace.saleor.models import InboxMessage
from marketplace.saleor.webhooks.events import WebhookEvent
from marketplace.saleor.webhooks.signatures import key_of
from tests.fakes.engine import FakeEngine, use
from tests.fakes.signing import DOMAIN, Signer, installed

pytestmark = pytest.mark.django_db

SIGNER = Signer()
HEARD: list[dict[str, Any]] = []


def hear(event: WebhookEvent) -> None:
    HEARD.append(event.body)


def fail(_event: WebhookEvent) -> None:
    raise RuntimeError("the engine is away")


def answer(payload: dict[str, Any]) -> Any:
    return [payload.get("checkout")]


@pytest.fixture(autouse=True)
def tables(monkeypatch: pytest.MonkeyPatch) -> None:
    HEARD.clear()
    events = {"order_updated": (f"{__name__}.hear",), "product_updated": (f"{__name__}.fail",)}
    monkeypatch.setattr("marketplace.events.SALEOR_EVENTS", events)
    sync = {"shipping_list_methods_for_checkout": f"{__name__}.answer"}
    monkeypatch.setattr("marketplace.events.SALEOR_SYNC", sync)
    monkeypatch.setattr(inbox, "import_string", _import)
    monkeypatch.setattr("marketplace.saleor.views.import_string", _import)


def _import(path: str) -> Any:
    from django.utils.module_loading import import_string

    own = {f"{__name__}.{f.__name__}": f for f in (hear, fail, answer)}
    return own.get(path) or import_string(path)


@pytest.fixture(autouse=True)
def engine(monkeypatch: pytest.MonkeyPatch) -> FakeEngine:
    fake = FakeEngine()
    use(monkeypatch, fake)
    fake.answers["/.well-known/jwks.json"] = lambda _r: httpx.Response(200, json=SIGNER.jwks)
    installed(SIGNER)
    return fake


def body_of(**content: Any) -> bytes:
    return json.dumps({"issuedAt": datetime.now(UTC).isoformat(), **content}).encode()


def send(
    body: bytes, event: str = "order_updated", *, signer: Signer = SIGNER, **changed: str
) -> Any:
    headers = {**signer.headers(event, body), **changed}
    return Client().post(
        "/saleor/webhooks/", body, content_type="application/json", headers=headers
    )


def ask(body: bytes, event: str = "shipping_list_methods_for_checkout", **changed: str) -> Any:
    headers = {**SIGNER.headers(event, body), **changed}
    return Client(raise_request_exception=False).post(
        "/saleor/sync/shipping_list_methods_for_checkout/",
        body,
        content_type="application/json",
        headers=headers,
    )


def test_a_signed_event_is_kept_once_and_handled() -> None:
    body = body_of(order={"id": "T3JkZXI6MQ=="})

    assert send(body).status_code == 200
    assert send(body).status_code == 200

    assert InboxMessage.objects.count() == 1
    assert inbox.handle_inbox() == 1
    assert [heard["order"]["id"] for heard in HEARD] == ["T3JkZXI6MQ=="]
    assert inbox.handle_inbox() == 0


def test_an_event_kept_in_a_wrong_hour_is_handled_at_once() -> None:
    send(body_of(order={"id": "T3JkZXI6MQ=="}))
    InboxMessage.objects.update(next_attempt_at=datetime.now(UTC) + timedelta(hours=1))
    assert inbox.handle_inbox() == 1
    # What somebody works on just now is left to them.
    send(body_of(order={"id": "T3JkZXI6Mg=="}))
    InboxMessage.objects.filter(handled_at=None).update(
        next_attempt_at=datetime.now(UTC) + inbox.LEASE
    )
    assert inbox.handle_inbox() == 0


def test_a_replay_of_a_handled_event_is_not_handled_again() -> None:
    body = body_of(order={"id": "T3JkZXI6MQ=="})
    send(body)
    inbox.handle_inbox()

    send(body)

    assert inbox.handle_inbox() == 0
    assert len(HEARD) == 1


def test_an_event_that_nobody_hears_is_not_kept() -> None:
    assert send(body_of(), "order_created").status_code == 200
    assert InboxMessage.objects.count() == 0


@pytest.mark.parametrize(
    "change",
    [
        {"Saleor-Signature": ""},
        {"Saleor-Signature": "nonsense"},
        {"Saleor-Signature": SIGNER.sign(b"another body")},
        {"Saleor-Domain": "other.example"},
        {"Saleor-Domain": ""},
    ],
)
def test_what_the_engine_did_not_sign_is_refused_and_leaves_nothing(change: dict[str, str]) -> None:
    assert send(body_of(order={"id": "x"}), **change).status_code == 401
    assert ask(body_of(checkout="x"), **change).status_code == 401
    assert InboxMessage.objects.count() == 0


def test_a_customers_access_token_is_no_signature() -> None:
    token = jwt.encode(
        {"email": "a@example.org"}, SIGNER.private, "RS256", headers={"kid": SIGNER.kid}
    )

    assert send(body_of(), **{"Saleor-Signature": token}).status_code == 401
    assert InboxMessage.objects.count() == 0


def test_a_strangers_key_is_refused_even_under_the_engines_key_id() -> None:
    assert send(body_of(), signer=Signer()).status_code == 401


def test_before_our_app_is_installed_nobody_is_heard() -> None:
    instance = installed(SIGNER)
    instance.domain = ""
    instance.save()

    assert send(body_of(), **{"Saleor-Domain": ""}).status_code == 401


def test_with_a_token_from_the_environment_the_addresss_host_is_the_engines_name(
    settings: Any,
) -> None:
    settings.SALEOR_API_URL = f"https://{DOMAIN}/graphql/"
    settings.SALEOR_APP_TOKEN = "token"

    assert send(body_of(order={"id": "x"})).status_code == 200
    assert send(body_of(), **{"Saleor-Domain": "other.example"}).status_code == 401


def test_a_new_key_of_the_engine_is_fetched_but_not_at_every_knock(engine: FakeEngine) -> None:
    renewed = Signer("key-2")
    keys = {"keys": [*SIGNER.jwks["keys"], *renewed.jwks["keys"]]}
    engine.answers["/.well-known/jwks.json"] = lambda _r: httpx.Response(200, json=keys)

    assert send(body_of(order={"id": "x"}), signer=renewed).status_code == 200
    for _ in range(3):
        assert send(body_of(), signer=Signer("key-3")).status_code == 401
    assert len(engine.requests) == 1


def test_when_the_keys_cannot_be_had_the_engine_shall_come_again(engine: FakeEngine) -> None:
    engine.answers["/.well-known/jwks.json"] = lambda _r: httpx.Response(503)

    assert send(body_of(), signer=Signer("key-2")).status_code == 503


def test_many_strange_keys_ask_an_unreachable_engine_once_a_minute(engine: FakeEngine) -> None:
    engine.answers["/.well-known/jwks.json"] = lambda _r: httpx.Response(503)
    started = datetime.now(UTC)

    with time_machine.travel(started, tick=False):
        answers = {send(body_of(), signer=Signer(f"strange-{n}")).status_code for n in range(5)}
        assert answers == {503}
        assert len(engine.requests) == 1
        # what the engine did sign is heard all the same
        assert send(body_of(order={"id": "x"})).status_code == 200
    with time_machine.travel(started + timedelta(seconds=61), tick=False):
        assert send(body_of(), signer=Signer("strange-9")).status_code == 503
        assert len(engine.requests) == 2


def test_a_key_that_another_process_has_just_read_is_used(engine: FakeEngine) -> None:
    renewed = Signer("key-2")
    stale = installed(SIGNER)
    keys = {"keys": [*SIGNER.jwks["keys"], *renewed.jwks["keys"]]}
    engine.answers["/.well-known/jwks.json"] = lambda _r: httpx.Response(200, json=keys)
    assert send(body_of(order={"id": "x"}), signer=renewed).status_code == 200

    assert key_of(stale, "key-2").key_id == "key-2"
    assert len(engine.requests) == 1


@pytest.mark.parametrize("kid", ["", "k" * 5000, "../../etc", "\u202ekey", None, 7, ["key-1"]])
def test_a_key_id_that_is_none_is_no_reason_to_ask_twice(engine: FakeEngine, kid: Any) -> None:
    engine.answers["/.well-known/jwks.json"] = lambda _r: httpx.Response(200, json=SIGNER.jwks)
    for _ in range(2):
        with pytest.raises(BadSignature):
            key_of(instances.current(), kid)
    assert len(engine.requests) <= 1


def test_a_body_beyond_the_limit_is_refused_unread() -> None:
    assert send(b"[" + b" " * 1024 * 1024 + b"]").status_code == 413


@pytest.mark.parametrize("body", [b"[]", b"not json", b"\xff"])
def test_a_body_that_is_no_object_is_refused_for_good(body: bytes) -> None:
    assert send(body).status_code == 400
    assert ask(body).status_code == 400


def test_an_event_that_we_never_asked_for_is_refused() -> None:
    assert send(body_of(), "customer_created").status_code == 400
    assert ask(body_of(), "order_updated").status_code == 404


def test_a_failing_handler_is_tried_again_later_and_later() -> None:
    send(body_of(product={"id": "x"}), "product_updated")

    assert inbox.handle_inbox() == 0

    message = InboxMessage.objects.get()
    assert (message.attempts, message.handled_at) == (1, None)
    assert message.last_error == "RuntimeError: the engine is away"
    assert inbox.handle_inbox() == 0
    with time_machine.travel(datetime.now(UTC) + timedelta(seconds=2)):
        inbox.handle_inbox()
    message.refresh_from_db()
    assert message.attempts == 2


def test_hints_of_the_same_thing_are_handed_over_once() -> None:
    for second in range(3):
        send(body_of(order={"id": "x", "updatedAt": f"2026-01-01T00:00:0{second}Z"}))
    send(body_of(order={"id": "y"}))

    assert inbox.handle_inbox() == 4
    assert [heard["order"]["id"] for heard in HEARD] == ["x", "y"]
    assert HEARD[0]["order"]["updatedAt"] == "2026-01-01T00:00:02Z"


def test_messages_of_a_process_that_died_are_taken_by_another() -> None:
    send(body_of(order={"id": "x"}))
    taken = inbox._take(10, None)

    assert len(taken) == 1
    assert inbox.handle_inbox() == 0
    with time_machine.travel(datetime.now(UTC) + timedelta(minutes=3)):
        assert inbox.handle_inbox() == 1


def test_what_was_handled_long_ago_is_forgotten() -> None:
    send(body_of(order={"id": "x"}))
    inbox.handle_inbox()

    assert inbox.forget_handled() == 0
    with time_machine.travel(datetime.now(UTC) + timedelta(days=15)):
        assert inbox.forget_handled() == 1


def test_a_question_is_answered_at_once() -> None:
    reply = ask(body_of(checkout={"id": "x"}))

    assert reply.status_code == 200
    assert reply.json() == [{"id": "x"}]


def test_a_repeated_question_with_an_empty_body_is_answered() -> None:
    assert ask(b"").json() == [None]


def test_an_old_question_is_refused() -> None:
    old = (datetime.now(UTC) - timedelta(hours=2)).isoformat()

    assert ask(body_of(issuedAt=old)).status_code == 400


def test_the_doors_want_post() -> None:
    assert Client().get("/saleor/webhooks/").status_code == 405
    assert Client().get("/saleor/register").status_code == 405
