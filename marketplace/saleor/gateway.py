"""The typed clients by which all rooms call the engine.

Never call one inside an open transaction of ours: write the intent, commit, call, then record the
result. Failures of the network and of the engine raise ``EngineUnavailable``; a response with
top-level errors (a missing permission, a rejected document) raises ``EngineRefused``. Errors inside
a mutation's payload are for ``answers.accepted``.
"""

import logging
from typing import TYPE_CHECKING, Any, cast

import httpx
from django.conf import settings
from opentelemetry.trace import SpanKind

from marketplace.core.tracing import outgoing, span
from marketplace.saleor import instances
from marketplace.saleor.client import SaleorClient
from marketplace.saleor.client.exceptions import (
    GraphQLClientGraphQLMultiError,
    GraphQLClientHttpError,
    GraphQLClientInvalidResponseError,
)
from marketplace.saleor.errors import EngineRefused, EngineUnavailable, NotInstalled
from marketplace.saleor.models import EngineInstance
from marketplace.saleor.transport import engine_http

if TYPE_CHECKING:
    from marketplace.saleor.client.base_client import HttpClient

logger = logging.getLogger(__name__)

_SERVER_FAILURE = "Internal Server Error"
# The loser of a race for the last item sometimes gets this as a server error.
_SOLD_OUT_MEANWHILE = "InsufficientStock"


def app_client() -> SaleorClient:
    """The client with our App's token, for calls of staff and jobs; raises NotInstalled."""
    token = settings.SALEOR_APP_TOKEN or instances.current().app_token
    if not token:
        raise NotInstalled
    return client_with(token)


def storefront_client() -> SaleorClient:
    """The anonymous client, for every call of a buyer."""
    return client_with("")


def client_with(token: str) -> SaleorClient:
    """A client with any token; anonymous when it is empty."""
    headers = {"Authorization": f"Bearer {token}"} if token else {}
    http = cast("HttpClient", engine_http(**headers))
    return _Client(instances.api_url(), http_client=http)


def client_of(instance: EngineInstance) -> SaleorClient:
    """Our App's client of any engine where it has been installed: a move reads the old one.

    Raises NotInstalled when we have no token of it.
    """
    if instance.api_url == instances.api_url():
        return app_client()
    if not instance.app_token:
        raise NotInstalled
    http = engine_http(instance.api_url, Authorization=f"Bearer {instance.app_token}")
    return _Client(instance.api_url, http_client=cast("HttpClient", http))


class _Client(SaleorClient):
    """The generated client, raising our errors."""

    def execute(self, *args: Any, **kwargs: Any) -> Any:
        operation = str(kwargs.get("operation_name") or "")
        with span(
            f"engine {operation}",
            kind=SpanKind.CLIENT,
            graphql__operation__name=operation,
        ):
            try:
                return super().execute(*args, headers=outgoing(), **kwargs)
            except httpx.TransportError as error:
                raise _noted(EngineUnavailable(type(error).__name__)) from error

    def get_data(self, response: Any) -> dict[str, Any]:
        try:
            return super().get_data(response)
        except GraphQLClientHttpError as error:
            if error.status_code == httpx.codes.BAD_REQUEST:
                raise EngineRefused(_top_level(_errors_of(response))) from error
            raise _noted(EngineUnavailable(f"HTTP {error.status_code}")) from error
        except GraphQLClientInvalidResponseError as error:
            raise _noted(EngineUnavailable("unreadable answer")) from error
        except GraphQLClientGraphQLMultiError as error:
            told = _top_level([e.original or {} for e in error.errors])
            if any(problem["code"] == _SOLD_OUT_MEANWHILE for problem in told):
                raise EngineRefused([{**told[0], "code": "INSUFFICIENT_STOCK"}]) from error
            if any(problem["message"] == _SERVER_FAILURE for problem in told):
                raise _noted(EngineUnavailable("server error")) from error
            raise EngineRefused(told) from error


def _noted(error: EngineUnavailable) -> EngineUnavailable:
    """The error, of which the log hears: pages tell their readers only."""
    logger.error("The engine did not answer.", exc_info=error)
    return error


def _errors_of(response: Any) -> list[dict[str, Any]]:
    try:
        found = response.json().get("errors", [])
    except (ValueError, AttributeError):
        return []
    return [error for error in found if isinstance(error, dict)]


def _top_level(errors: list[dict[str, Any]]) -> list[dict[str, Any]]:
    return [
        {
            "field": ".".join(str(step) for step in error.get("path") or ()),
            "message": error.get("message", ""),
            "code": ((error.get("extensions") or {}).get("exception") or {}).get("code", ""),
        }
        for error in errors
    ]
