"""Lines of the log as a collecting program reads them."""

import json
import logging
import sys

from marketplace.core.logs import JsonFormatter, RequestIdFilter, known_as


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
