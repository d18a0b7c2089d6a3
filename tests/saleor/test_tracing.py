"""One trace from the engine's webhook to what our handlers did; nothing personal in it."""

import json
import uuid
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

import httpx
import pytest
from django.core.exceptions import ImproperlyConfigured
from django.db import connection, transaction
from django.test import Client
from opentelemetry.sdk.trace import ReadableSpan, TracerProvider
from opentelemetry.sdk.trace.export import SimpleSpanProcessor
from opentelemetry.sdk.trace.export.in_memory_span_exporter import InMemorySpanExporter
from opentelemetry.trace import StatusCode

from marketplace.core import tracing
from marketplace.core.events import Event, publish
from marketplace.core.outbox import deliver_events
from marketplace.core.schedule import run_and_note
from marketplace.saleor import inbox
from marketplace.saleor.gateway import app_client
from marketplace.saleor.webhooks.events import WebhookEvent
from tests.fakes.engine import FakeEngine, use
from tests.fakes.signing import Signer, installed

pytestmark = pytest.mark.django_db

SIGNER = Signer()
SENT_BY = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01"
TRACE = 0x4BF92F3577B34DA6A3CE929D0E0E4736


class ParcelSeen(Event):
    aggregate = "parcel"


def on_order(_event: WebhookEvent) -> None:
    app_client().engine_version()
    with transaction.atomic():
        publish(ParcelSeen(aggregate_id=uuid.uuid4(), occurred_at=datetime.now(UTC)))


def on_parcel(_payload: dict[str, Any]) -> None:
    raise ValueError("secret words of a buyer")


@pytest.fixture
def spans(monkeypatch: pytest.MonkeyPatch) -> Iterator[InMemorySpanExporter]:
    exporter = InMemorySpanExporter()
    provider = TracerProvider()
    provider.add_span_processor(SimpleSpanProcessor(exporter))
    monkeypatch.setattr(tracing, "tracer", provider.get_tracer("test"))
    connection.execute_wrappers.append(tracing._query)
    yield exporter
    connection.execute_wrappers.remove(tracing._query)


@pytest.fixture
def engine(monkeypatch: pytest.MonkeyPatch) -> FakeEngine:
    fake = FakeEngine()
    use(monkeypatch, fake)
    fake.answers["/.well-known/jwks.json"] = lambda _r: httpx.Response(200, json=SIGNER.jwks)
    fake.on("EngineVersion", {"shop": {"version": "3.23.28"}})
    installed(SIGNER)
    events = {"order_updated": (f"{__name__}.on_order",)}
    monkeypatch.setattr("marketplace.events.SALEOR_EVENTS", events)
    handlers = {"ParcelSeen": (f"{__name__}.on_parcel",)}
    monkeypatch.setattr("marketplace.events.HANDLERS", handlers, raising=False)
    monkeypatch.setattr("marketplace.core.events.handlers_of", lambda name: handlers.get(name, ()))
    return fake


def named(spans: InMemorySpanExporter, name: str) -> ReadableSpan:
    (found,) = [span for span in spans.get_finished_spans() if span.name == name]
    return found


def parent_of(span: ReadableSpan) -> int:
    assert span.parent is not None
    return span.parent.span_id


def test_one_trace_leads_from_the_engine_to_the_last_handler(
    spans: InMemorySpanExporter, engine: FakeEngine
) -> None:
    body = json.dumps({"issuedAt": datetime.now(UTC).isoformat(), "order": {"id": "T3JkZXI6MQ=="}})
    headers = SIGNER.headers("order_updated", body.encode())
    Client().post(
        "/saleor/webhooks/",
        body,
        content_type="application/json",
        headers={**headers, "traceparent": SENT_BY},
    )

    assert inbox.handle_inbox() == 1
    assert deliver_events() == 0

    request = named(spans, "POST /saleor/webhooks/")
    webhook = named(spans, "webhook order_updated")
    question = named(spans, "engine EngineVersion")
    event = named(spans, "event ParcelSeen")
    assert {s.context.trace_id for s in (request, webhook, question, event) if s.context} == {TRACE}
    assert parent_of(request) == 0x00F067AA0BA902B7
    assert request.context is not None
    assert parent_of(webhook) == request.context.span_id
    assert question.context is not None
    asked = engine.requests[-1].headers["traceparent"]
    assert asked == f"00-{TRACE:032x}-{question.context.span_id:016x}-01"
    assert event.status.status_code == StatusCode.ERROR
    assert (event.attributes or {})["error.type"] == "ValueError"
    assert "secret words" not in "".join(span.to_json() for span in spans.get_finished_spans())


def test_an_address_with_a_token_is_named_by_its_route(spans: InMemorySpanExporter) -> None:
    Client().get("/ma/fr/orders/a-secret-token/?q=zit+argan")

    request = named(spans, "GET /<slug:market>/<slug:language>/orders/<str:token>/")
    assert (request.attributes or {})["http.response.status_code"] == 404
    told = "".join(span.to_json() for span in spans.get_finished_spans())
    assert "a-secret-token" not in told
    assert "argan" not in told
    assert any(span.name == "SELECT" for span in spans.get_finished_spans())


def test_looking_for_work_is_no_trace(spans: InMemorySpanExporter) -> None:
    assert inbox.handle_inbox() == 0
    assert deliver_events() == 0

    assert spans.get_finished_spans() == ()


def test_a_job_is_a_trace_of_its_own(spans: InMemorySpanExporter) -> None:
    run_and_note("marketplace.saleor.inbox.forget_handled")

    assert named(spans, "job marketplace.saleor.inbox.forget_handled").parent is None


@pytest.mark.parametrize("off", [{}, {"OTEL_SDK_DISABLED": "true"}])
def test_nothing_is_sent_unless_it_is_said_where(
    monkeypatch: pytest.MonkeyPatch, off: dict[str, str]
) -> None:
    for name, value in off.items():
        monkeypatch.setenv("OTEL_EXPORTER_OTLP_ENDPOINT", "http://127.0.0.1:4318")
        monkeypatch.setenv(name, value)

    assert tracing.start("twiza-web") is False


def test_what_is_not_installed_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("OTEL_EXPORTER_OTLP_ENDPOINT", "http://127.0.0.1:4318")
    monkeypatch.setitem(
        __import__("sys").modules, "opentelemetry.exporter.otlp.proto.http.trace_exporter", None
    )

    with pytest.raises(ImproperlyConfigured, match=r"install twiza\[telemetry\]"):
        tracing.start("twiza-web")
