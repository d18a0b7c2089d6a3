"""Where a process can die so that it matters, found while the code runs and not from a list.

A boundary is a commit of our database (a transaction's end, or a statement outside of one that
writes) and a call of a provider. Each has two sides: just before it, and just after. ``Boundaries``
counts them, and kills the process with SIGKILL at a given one: nothing of Python runs any more.
"""

import os
import re
import signal
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from django.db import connections
from django.db.backends.base.base import BaseDatabaseWrapper

from marketplace.payments.providers.stripe import client as stripe_door

_WRITES = re.compile(
    r"^\s*(INSERT|UPDATE|DELETE|SELECT .* (FOR UPDATE|FROM ledger_write))",
    re.IGNORECASE | re.DOTALL,
)


class Boundaries:
    """Counts the sides of boundaries; at ``kill_at`` (from 1) the process is gone."""

    def __init__(self, kill_at: int = 0) -> None:
        self.kill_at = kill_at
        self.passed: list[str] = []

    def side(self, name: str) -> None:
        self.passed.append(name)
        if len(self.passed) == self.kill_at:
            os.kill(os.getpid(), signal.SIGKILL)

    @contextmanager
    def around(self, name: str) -> Iterator[None]:
        self.side(f"before {name}")
        yield
        self.side(f"after {name}")

    @contextmanager
    def watching(self) -> Iterator[None]:
        """Watch every commit of ours and every call of Stripe, for the length of the block."""
        real_commit = BaseDatabaseWrapper.commit
        real_client = stripe_door.http_client

        def commit(connection: BaseDatabaseWrapper) -> None:
            if connection.alias != "default":
                return real_commit(connection)
            with self.around("commit"):
                return real_commit(connection)

        def statement(
            execute: Callable[..., Any], sql: str, params: Any, many: bool, context: Any
        ) -> Any:
            connection = context["connection"]
            if connection.in_atomic_block or not _WRITES.match(str(sql)):
                return execute(sql, params, many, context)
            with self.around("autocommit"):
                return execute(sql, params, many, context)

        def http_client() -> Any:
            return _Watched(real_client(), self)

        BaseDatabaseWrapper.commit = commit  # type: ignore[method-assign]
        stripe_door.http_client = http_client
        try:
            with connections["default"].execute_wrapper(statement):
                yield
        finally:
            BaseDatabaseWrapper.commit = real_commit  # type: ignore[method-assign]
            stripe_door.http_client = real_client


class _Watched:
    """Stripe's transport with a boundary around every request."""

    def __init__(self, inner: Any, boundaries: Boundaries) -> None:
        self._inner, self._boundaries = inner, boundaries

    def __getattr__(self, name: str) -> Any:
        return getattr(self._inner, name)

    def request_with_retries(self, *args: Any, **kwargs: Any) -> Any:
        with self._boundaries.around("call"):
            return self._inner.request_with_retries(*args, **kwargs)
