"""An httpx transport that answers in process, as a Saleor server would."""

import contextvars
import json
import logging
from email.parser import BytesParser
from email.policy import HTTP
from typing import Any

import httpx
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connections
from graphql import GraphQLError

from marketplace.embedded import media
from marketplace.embedded.authentication import context_for
from marketplace.embedded.errors import EngineCalledInTransaction, EngineError
from marketplace.embedded.execution import (
    InvalidDocument,
    execute_document,
    format_error,
    is_subscription,
    parse_document,
)
from marketplace.embedded.schema.composition import build_schema
from marketplace.embedded.webhooks.signing import published_keys

logger = logging.getLogger(__name__)


class EmbeddedTransport(httpx.BaseTransport):
    """Answers ``POST /graphql/``, the published keys, and media, without a server.

    The caller's database connection, language and transaction are left alone.
    Raises EngineCalledInTransaction when the caller has an open transaction of its own.
    """

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        refuse_open_transaction()
        request.read()
        response = contextvars.copy_context().run(_respond, request)
        response.request = request
        return response


def log_unexpected(errors: list[GraphQLError]) -> None:
    """Log unexpected errors with their traceback; refusals are expected."""
    for error in errors:
        fault = error.original_error
        if fault is not None and not isinstance(fault, EngineError | GraphQLError):
            logger.error("The engine failed at %s", error.path, exc_info=fault)


def refuse_open_transaction() -> None:
    """Raise EngineCalledInTransaction when the marketplace's own connection is in a transaction."""
    if not settings.EMBEDDED_ENGINE.get("REFUSE_OPEN_TRANSACTION", True):
        return
    for block in connections["default"].atomic_blocks:
        if not getattr(block, "_from_testcase", False):
            raise EngineCalledInTransaction(
                "The commerce engine was called inside an open database transaction."
            )


def _respond(request: httpx.Request) -> httpx.Response:
    path = request.url.path
    if path == "/graphql/" and request.method == "POST":
        return _graphql(request)
    if path == "/.well-known/jwks.json" and request.method == "GET":
        return httpx.Response(200, json=published_keys())
    if path.startswith("/media/") and request.method in {"GET", "HEAD"}:
        return _file(media.read(path.removeprefix("/media/")))
    if path.startswith("/thumbnail/") and request.method in {"GET", "HEAD"}:
        return _thumbnail(path.removeprefix("/thumbnail/"))
    return httpx.Response(404, json={"detail": "Not found."})


def _graphql(request: httpx.Request) -> httpx.Response:
    schema = build_schema().graphql_schema
    try:
        payload = _payload(request)
        query, variables = payload["query"], payload.get("variables") or {}
        document = parse_document(schema, query)
        context = context_for(request.headers.get("Authorization", ""))
    except InvalidDocument as invalid:
        return httpx.Response(400, json={"errors": [format_error(e) for e in invalid.errors]})
    except EngineError as error:
        problem = {"message": str(error), "extensions": {"exception": {"code": error.code}}}
        return httpx.Response(200, json={"errors": [problem]})
    except (ValueError, KeyError, TypeError, IndexError, AttributeError):
        return httpx.Response(400, json={"errors": [{"message": "Unable to parse query."}]})
    operation_name = payload.get("operationName")
    if is_subscription(document, operation_name):
        return httpx.Response(400, json={"errors": [{"message": "Subscriptions need a webhook."}]})
    result = execute_document(
        schema, document, context=context, variables=variables, operation_name=operation_name
    )
    body: dict[str, Any] = {"data": result.data}
    if result.errors:
        log_unexpected(result.errors)
        body = {"errors": [format_error(error) for error in result.errors], **body}
    return httpx.Response(200, json=body)


def _payload(request: httpx.Request) -> dict[str, Any]:
    """Return the operation, with the files of a multipart request in its variables."""
    content_type = request.headers.get("Content-Type", "")
    if not content_type.startswith("multipart/form-data"):
        payload: dict[str, Any] = json.loads(request.content)
        return payload
    parts = _parts(content_type, request.content)
    operations: dict[str, Any] = json.loads(parts["operations"].read())
    for name, paths in json.loads(parts["map"].read()).items():
        for path in paths:
            _place(operations, path.split("."), parts[name])
    return operations


def _parts(content_type: str, body: bytes) -> dict[str, SimpleUploadedFile]:
    header = f"Content-Type: {content_type}\r\n\r\n".encode()
    message = BytesParser(policy=HTTP).parsebytes(header + body)
    parts = {}
    for part in message.iter_parts():
        content = part.get_payload(decode=True)
        assert isinstance(content, bytes)
        name = str(part.get_param("name", header="content-disposition"))
        parts[name] = SimpleUploadedFile(
            part.get_filename() or name, content, part.get_content_type()
        )
    return parts


def _place(target: Any, path: list[str], value: Any) -> None:
    for step in path[:-1]:
        target = target[int(step)] if isinstance(target, list) else target[step]
    if isinstance(target, list):
        target[int(path[-1])] = value
    else:
        target[path[-1]] = value


def _file(file: media.File | None) -> httpx.Response:
    if file is None:
        return httpx.Response(404)
    return httpx.Response(200, content=file.content, headers={"Content-Type": file.content_type})


def _thumbnail(path: str) -> httpx.Response:
    size, _, name = path.partition("/")
    known = {str(each): each for each in media.THUMBNAIL_SIZES}
    return _file(media.thumbnail(name, known[size]) if size in known else None)
