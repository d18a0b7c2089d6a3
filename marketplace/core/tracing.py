"""Traces by OpenTelemetry: what a request, a webhook, an event or a job did, and for how long.

Off unless ``OTEL_EXPORTER_OTLP_ENDPOINT`` (or ``…_TRACES_ENDPOINT``) says where to send. A trace
goes on where the work does: a webhook's trace is that of the engine which sent it, what it stores
keeps it, and so do the domain events that follow.

Nothing personal leaves by it: spans name routes, operations, events and jobs, and SQL without its
values; never an address with its token, a query string, a body, or the message of an error.
"""

import os
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from importlib.metadata import version
from typing import Any

from django.core.exceptions import ImproperlyConfigured
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.backends.signals import connection_created
from django.http import HttpRequest, HttpResponse
from opentelemetry import propagate, trace
from opentelemetry.context import Context
from opentelemetry.trace import Link, Span, SpanContext, SpanKind, StatusCode

ENDPOINTS = ("OTEL_EXPORTER_OTLP_TRACES_ENDPOINT", "OTEL_EXPORTER_OTLP_ENDPOINT")
LONGEST_SQL = 2000
# As W3C writes it: version, trace, span, flags.
TRACEPARENT_LENGTH = 55

tracer = trace.get_tracer("twiza")


def is_wanted() -> bool:
    """Whether tracing is configured for this process."""
    off = os.environ.get("OTEL_SDK_DISABLED", "").strip().lower() == "true"
    return not off and any(os.environ.get(name) for name in ENDPOINTS)


def start(service: str) -> bool:
    """Start tracing in this process if configured; call once in each process.

    Raises ImproperlyConfigured when the packages for it are not installed.
    """
    if not is_wanted():
        return False
    try:
        from opentelemetry.exporter.otlp.proto.http.trace_exporter import OTLPSpanExporter
        from opentelemetry.sdk.resources import Resource
        from opentelemetry.sdk.trace import TracerProvider
        from opentelemetry.sdk.trace.export import BatchSpanProcessor
    except ModuleNotFoundError as missing:
        raise ImproperlyConfigured(
            f"{' or '.join(ENDPOINTS)} is set, but what sends traces is not installed: "
            "install twiza[telemetry], or unset it."
        ) from missing
    name = os.environ.get("OTEL_SERVICE_NAME") or service
    about = {"service.name": name, "service.version": version("twiza")}
    provider = TracerProvider(resource=Resource.create(about))
    provider.add_span_processor(BatchSpanProcessor(OTLPSpanExporter()))
    trace.set_tracer_provider(provider)
    connection_created.connect(_watch, dispatch_uid="tracing")
    return True


@contextmanager
def span(
    name: str,
    *,
    kind: SpanKind = SpanKind.INTERNAL,
    causes: Sequence[str] = (),
    **attributes: str | int,
) -> Iterator[Span]:
    """A step of the current trace, or of the one which caused it (a stored ``traceparent``).

    Of several causes the last is what it belongs to; the others are linked.
    """
    known = [context for cause in causes if (context := _context(cause)).is_valid]
    with tracer.start_as_current_span(
        name,
        context=_parent(known),
        kind=kind,
        links=[Link(context) for context in known[:-1]],
        attributes={key.replace("__", "."): value for key, value in attributes.items()},
        record_exception=False,
        set_status_on_exception=False,
    ) as begun:
        try:
            yield begun
        except BaseException as error:
            # An exception's message may quote user input; its type does not.
            begun.set_attribute("error.type", type(error).__name__)
            begun.set_status(StatusCode.ERROR)
            raise


def traceparent() -> str:
    """The current span as a ``traceparent``; empty outside of any trace."""
    return outgoing().get("traceparent", "")[:TRACEPARENT_LENGTH]


def outgoing() -> dict[str, str]:
    """Headers that carry the current trace to another service."""
    headers: dict[str, str] = {}
    propagate.inject(headers)
    return headers


def trace_id() -> str:
    """The current trace's id as collectors show it; empty outside of any."""
    context = trace.get_current_span().get_span_context()
    return f"{context.trace_id:032x}" if context.is_valid else ""


class TracingMiddleware:
    """A span for each request, named by its route; the caller's trace goes on in it."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        cause = request.headers.get("traceparent", "")
        method = request.method or ""
        with span(
            method, kind=SpanKind.SERVER, causes=[cause], http__request__method=method
        ) as begun:
            response = self.get_response(request)
            match = request.resolver_match
            if match is not None:
                begun.update_name(f"{method} /{match.route}")
                begun.set_attribute("http.route", f"/{match.route}")
            begun.set_attribute("http.response.status_code", response.status_code)
            if response.status_code >= 500:  # noqa: PLR2004 -- a failure of ours
                begun.set_status(StatusCode.ERROR)
            return response


def _parent(known: Sequence[SpanContext]) -> Context | None:
    """The last cause, unless there is a current span: then that is the parent."""
    if known and not trace.get_current_span().get_span_context().is_valid:
        return trace.set_span_in_context(trace.NonRecordingSpan(known[-1]))
    return None


def _context(cause: str) -> SpanContext:
    found = propagate.extract({"traceparent": cause}) if cause else None
    return trace.get_current_span(found).get_span_context() if found else trace.INVALID_SPAN_CONTEXT


def _watch(*, connection: BaseDatabaseWrapper, **_kwargs: object) -> None:
    if _query not in connection.execute_wrappers:
        connection.execute_wrappers.append(_query)


def _query(
    execute: Callable[..., Any],
    sql: Any,
    params: Any,
    many: bool,  # noqa: FBT001 -- as Django calls it
    context: dict[str, Any],
) -> Any:
    """A span for each statement inside a trace; the worker's polling has none."""
    if not trace.get_current_span().is_recording():
        return execute(sql, params, many, context)
    text = str(sql)
    with span(
        text.split(maxsplit=1)[0].upper() if text.strip() else "SQL",
        kind=SpanKind.CLIENT,
        db__system__name="postgresql",
        db__query__text=text[:LONGEST_SQL],
    ):
        return execute(sql, params, many, context)
