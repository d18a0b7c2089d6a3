"""A stand-in for the commerce engine's HTTP door, for tests of our side alone."""

import json
from collections.abc import Callable
from typing import Any

import httpx
import pytest

Answer = Callable[[httpx.Request], httpx.Response]


class FakeEngine(httpx.MockTransport):
    """Answers operations by name; keeps every request it got."""

    def __init__(self) -> None:
        self.requests: list[httpx.Request] = []
        self.answers: dict[str, Answer] = {}
        super().__init__(self._answer)

    def on(
        self, operation: str, data: Any = None, *, status: int = 200, errors: Any = None
    ) -> None:
        """Answer ``operation`` with ``data`` (what stands under ``data`` in GraphQL's answer)."""
        body = {"data": data, **({"errors": errors} if errors else {})}
        self.answers[operation] = lambda _request: httpx.Response(status, json=body)

    def _answer(self, request: httpx.Request) -> httpx.Response:
        self.requests.append(request)
        if request.method == "POST" and request.url.path == "/graphql/":
            name = json.loads(request.content)["operationName"]
        else:
            name = request.url.path
        return self.answers[name](request)

    def variables(self, index: int = -1) -> dict[str, Any]:
        """What the given request (the last one) had as variables."""
        found: dict[str, Any] = json.loads(self.requests[index].content)["variables"]
        return found


def use(monkeypatch: pytest.MonkeyPatch, engine: httpx.BaseTransport) -> None:
    """Let our clients speak to ``engine`` for the length of a test."""
    monkeypatch.setattr("marketplace.saleor.transport.engine_transport", lambda *_of: engine)
