"""Log records with the id of their request, webhook, event or job; as JSON if configured."""

import json
import logging
import time
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import UTC, datetime

import psycopg
from cryptography.fernet import InvalidToken

from marketplace.core.errors import Unavailable
from marketplace.core.full_disks import FULL
from marketplace.core.tracing import trace_id

_SERVER_FAULT = 500
# While something is away each process says so once in so many seconds.
UNAVAILABLE_SECONDS = 30.0
# Connections that were refused, lost or ended by the server; no code at all: it never answered.
_UNAVAILABLE_CODES = ("08", "57P0")
_AGAIN = "%s does not answer; what was begun is tried again"
_DATABASE = _AGAIN % "The database"
_NO_SPACE = "There is no space left on %s"
request_id: ContextVar[str] = ContextVar("request_id", default="-")


@contextmanager
def known_as(name: str) -> Iterator[None]:
    """Log records written inside carry the id of this request, message or job."""
    token = request_id.set(name)
    try:
        yield
    finally:
        request_id.reset(token)


class RequestIdFilter(logging.Filter):
    """Adds ``request_id`` to each record."""

    def filter(self, record: logging.LogRecord) -> bool:
        record.request_id = request_id.get()
        return True


class RefusalFilter(logging.Filter):
    """Keeps a refused request to one line: that somebody may not enter is no fault of the code."""

    def filter(self, record: logging.LogRecord) -> bool:
        status = getattr(record, "status_code", None)
        if isinstance(status, int) and status < _SERVER_FAULT:
            record.exc_info, record.exc_text = None, None
        return True


class HealthFilter(logging.Filter):
    """Keeps out what health checks are answered: they come every few seconds, for ever."""

    def filter(self, record: logging.LogRecord) -> bool:
        path = getattr(getattr(record, "request", None), "path_info", "")
        return not path.startswith("/health/")


class OutageFilter(logging.Filter):
    """One sentence instead of an error's pages from everything that asks what does not answer.

    That is the database, the commerce engine, the mail and the search server, a full disk, or a
    missing key. Each is said once in thirty seconds by each process, whoever meets it.
    """

    def __init__(self) -> None:
        super().__init__()
        self._said_at: dict[str, float] = {}

    def filter(self, record: logging.LogRecord) -> bool:
        found = _outage(record)
        if found is None:
            return True
        sentence, reason = found
        now = time.monotonic()
        if now - self._said_at.get(sentence, float("-inf")) < UNAVAILABLE_SECONDS:
            return False
        self._said_at[sentence] = now
        record.msg, record.args = f"{sentence}: %s", (reason,)
        record.levelno, record.levelname = logging.ERROR, logging.getLevelName(logging.ERROR)
        record.exc_info, record.exc_text = None, None
        return True


def _outage(record: logging.LogRecord) -> tuple[str, str] | None:
    """A sentence, and the reason in one line, when a record is about an outage; else None."""
    error = record.exc_info[1] if record.exc_info else None
    while error is not None:
        if found := _outage_of(error):
            return found
        if isinstance(error, BaseExceptionGroup):
            error = error.exceptions[0]
        else:
            error = error.__cause__ or error.__context__
    if record.name == "psycopg.pool" and "connecting" in record.getMessage():
        return _DATABASE, _first_line(record.getMessage())
    if record.name.startswith("elastic_transport."):
        # It says so of each try, with a trace.
        return _AGAIN % "The search server", _first_line(record.getMessage())
    if record.name.startswith("procrastinate") and "ConnectorException" in record.getMessage():
        return _DATABASE, "the connection for jobs was lost"
    return None


def _outage_of(error: BaseException) -> tuple[str, str] | None:
    if isinstance(error, Unavailable):
        return _AGAIN % error.what, _first_line(error.reason or error.code)
    if isinstance(error, psycopg.OperationalError) and _is_unavailable(error.sqlstate):
        return _DATABASE, _first_line(str(error))
    if isinstance(error, psycopg.errors.DiskFull):
        return _NO_SPACE % "the database's disk", _first_line(str(error))
    if isinstance(error, InvalidToken):
        return "A stored value cannot be read", _first_line(str(error))
    if isinstance(error, OSError) and error.errno in FULL:
        return _NO_SPACE % "a disk of this machine", _first_line(str(error))
    return None


def _is_unavailable(code: str | None) -> bool:
    return code is None or code.startswith(_UNAVAILABLE_CODES)


def _first_line(text: str) -> str:
    return next(iter(text.strip().splitlines()), "")


class JsonFormatter(logging.Formatter):
    """One JSON object a line, for log collectors; times in UTC."""

    def format(self, record: logging.LogRecord) -> str:
        line = {
            "time": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname,
            "logger": record.name,
            "request_id": getattr(record, "request_id", "-"),
            "trace_id": trace_id(),
            "message": record.getMessage(),
        }
        if record.exc_info:
            line["exception"] = self.formatException(record.exc_info)
        return json.dumps(line, ensure_ascii=False)
