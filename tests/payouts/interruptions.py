"""A use case whose connection is cut at its last step."""

from collections.abc import Callable

import pytest
from django.db import OperationalError, connection


def cut_connection(*_args: object, **_details: object) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_terminate_backend(pg_backend_pid())")


def killed(monkeypatch: pytest.MonkeyPatch, room: object, act: Callable[[], object]) -> None:
    """Do it with the connection cut at its last step, after everything was written."""
    with monkeypatch.context() as patched:
        patched.setattr(room.audit, "record", cut_connection)  # type: ignore[attr-defined]
        with pytest.raises(OperationalError):
            act()
    connection.close()
