"""Lines of the log as a collecting program reads them."""

import errno
import json
import logging
import sys
from typing import Any

import psycopg
import pytest
from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.db import OperationalError

from marketplace.core import logs
from marketplace.core.logs import (
    JsonFormatter,
    OutageFilter,
    RefusalFilter,
    RequestIdFilter,
    known_as,
)
from marketplace.core.mail_outages import MailServerUnavailable
from marketplace.saleor.errors import EngineUnavailable
from search.errors import SearchServerUnavailable


def line_of(level: int, words: str, *, failed: bool = False) -> dict[str, str]:
    found = sys.exc_info() if failed else None
    record = logging.LogRecord("shop", level, "f.py", 1, words, (), found)
    RequestIdFilter().filter(record)
    told: dict[str, str] = json.loads(JsonFormatter().format(record))
    return told


def test_a_line_is_one_object_with_the_id_of_what_caused_it() -> None:
    with known_as("webhook-7"):
        told = line_of(logging.WARNING, "زيت\nأركان")
    assert told["request_id"] == "webhook-7"
    assert (told["level"], told["message"]) == ("WARNING", "زيت\nأركان")
    assert told["time"].endswith("+00:00")
    assert line_of(logging.INFO, "later")["request_id"] == "-"


def test_an_error_is_told_with_its_trace() -> None:
    try:
        int("no such thing")
    except ValueError:
        told = line_of(logging.ERROR, "failed", failed=True)
    assert "ValueError: invalid literal" in told["exception"]


@pytest.mark.parametrize(("status", "traced"), [(403, False), (404, False), (500, True)])
def test_a_refused_request_is_one_line_and_a_fault_has_its_trace(
    status: int, traced: bool, caplog: pytest.LogCaptureFixture
) -> None:
    error = PermissionDenied("not yours")
    logging.getLogger("django.request").error(
        "Forbidden: /staff/", extra={"status_code": status}, exc_info=error
    )

    [record] = caplog.records
    assert RefusalFilter().filter(record)
    assert ("PermissionDenied" in logging.Formatter().format(record)) is traced
    logging_settings: Any = settings.LOGGING
    assert "refusals" in logging_settings["handlers"]["console"]["filters"]


def record_of(error: psycopg.Error) -> logging.LogRecord:
    try:
        try:
            raise error
        except psycopg.Error as cause:
            raise OperationalError("as Django says it") from cause
    except OperationalError:
        found = sys.exc_info()
    return logging.LogRecord("worker", logging.ERROR, "f.py", 1, "%s failed", ("refunds",), found)


def test_a_database_that_is_unavailable_is_one_sentence_for_a_while(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    quiet = OutageFilter()
    lost = psycopg.OperationalError("connection refused\n\tIs the server running?")
    first = record_of(lost)

    assert quiet.filter(first)
    line = logging.Formatter().format(first)
    assert line == (
        "The database does not answer; what was begun is tried again: connection refused"
    )
    assert not quiet.filter(record_of(lost))
    assert not quiet.filter(record_of(psycopg.errors.AdminShutdown("terminating")))

    monkeypatch.setattr(logs, "UNAVAILABLE_SECONDS", 0.0)
    assert quiet.filter(record_of(lost))


def test_other_errors_of_the_database_keep_their_trace() -> None:
    quiet = OutageFilter()
    record = record_of(psycopg.errors.LockNotAvailable("locked"))
    assert quiet.filter(record)
    assert "Traceback" in logging.Formatter().format(record)


@pytest.mark.parametrize(
    ("error", "sentence"),
    [
        (
            EngineUnavailable("ConnectError"),
            "The commerce engine does not answer; what was begun is tried again: ConnectError",
        ),
        (
            SearchServerUnavailable(),
            "The search server does not answer; what was begun is tried again: search_server_away",
        ),
        (
            MailServerUnavailable("ConnectionRefusedError: refused"),
            "The mail server does not answer; what was begun is tried again: "
            "ConnectionRefusedError: refused",
        ),
        (
            psycopg.errors.DiskFull('could not extend file "base/1"\nHINT: …'),
            'There is no space left on the database\'s disk: could not extend file "base/1"',
        ),
        (
            OSError(errno.ENOSPC, "No space left on device", "/data/x"),
            "There is no space left on a disk of this machine: "
            "[Errno 28] No space left on device: '/data/x'",
        ),
    ],
)
def test_what_does_not_answer_is_one_sentence_and_hides_nothing_else(
    error: Exception, sentence: str
) -> None:
    quiet = OutageFilter()
    first = failed_with(error)
    assert quiet.filter(first)
    assert logging.Formatter().format(first) == sentence
    assert not quiet.filter(failed_with(error))
    # Another thing that is away at the same time is said too.
    assert quiet.filter(failed_with(psycopg.OperationalError("connection refused")))


def test_each_try_of_the_search_server_s_client_is_not_said() -> None:
    quiet = OutageFilter()

    def tried(number: int) -> logging.LogRecord:
        words = "Retrying request after failure (attempt %s of 2)"
        name = "elastic_transport.transport"
        return logging.LogRecord(name, logging.WARNING, "f.py", 1, words, (number,), None)

    first = tried(0)
    assert quiet.filter(first)
    assert first.getMessage().startswith("The search server does not answer; ")
    assert not quiet.filter(tried(1))


def failed_with(error: Exception) -> logging.LogRecord:
    """A record as a handler logs it that met the error below another one."""
    failure = RuntimeError("it failed")
    failure.__cause__ = error
    found = (RuntimeError, failure, None)
    return logging.LogRecord("worker", logging.ERROR, "f.py", 1, "%s failed", ("x",), found)
