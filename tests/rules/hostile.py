"""What strangers put where a number, a date, a name or a choice is expected; and where it goes.

The names of parameters are read from the code, the forms from the pages, so that a new one is tried
on the day it is written.

Each field, parameter and part of an address gets one hostile value, another one from place to
place, and each page and form is once filled with nothing but such values; with
``TWIZA_HOSTILE=all`` each gets several, which takes three times as long.
"""

import copy
import inspect
import os
import re
import sys
import traceback
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from functools import cache
from html.parser import HTMLParser
from pathlib import Path
from typing import Any
from urllib.parse import quote_from_bytes, urljoin
from zlib import crc32

from django.core.signals import got_request_exception
from django.db import transaction
from django.test import Client

ROOT = Path(__file__).parents[2]
VALUES: tuple[bytes, ...] = (
    b"9" * 4400,
    b"9" * 19,
    b"9" * 10,
    b"-1",
    b"0",
    b"1.5",
    b"1e9",
    b"NaN",
    b"-Infinity",
    "²".encode(),
    "٣".encode(),
    b"\x00",
    b"a\x00b",
    b"\xff\xfe",
    b"\xed\xa0\x80",  # half of a pair of UTF-16, as bytes
    "\u202e\u2066\ufeff".encode(),
    b"x" * 10_000,
    b"0000-00-00",
    b"9999-12-31",
    b"9999-12-31T23:59",
    b"00000000-0000-0000-0000-000000000000",
    b"'\"><%s%(a)s{{1}}\\",
)
# Each of these has been the end of some program.
NULL = b"a\x00b"
WORST = (b"9" * 4400, NULL, "²".encode(), b"9" * 19, b"1e999999")
LONGEST_TOGETHER = 40
EVERY = os.environ.get("TWIZA_HOSTILE") == "all"
# What has most often been the end of a page comes most often.
_IN_TURN = (NULL, *WORST, NULL, *VALUES)
_READ = re.compile(r"(?:GET|POST|query|data)\.get(?:list)?\(\s*\"(\w+)\"")
_FIELD = re.compile(r"^    (\w+) = (?:forms\.)?\w*Field\(", re.MULTILINE)


@cache
def parameter_names() -> tuple[str, ...]:
    """Every parameter that a page reads by name, and every field of every form."""
    found: set[str] = set()
    for path in (ROOT / "marketplace").rglob("*.py"):
        if "web" in path.parts or "demo" in path.parts:
            text = path.read_text(encoding="utf-8")
            found |= {*_READ.findall(text), *_FIELD.findall(text)}
    return tuple(sorted(found))


def own_names(view: Any) -> list[str]:
    """The parameters that the view's own file reads."""
    module = inspect.getmodule(inspect.unwrap(view))
    return sorted({*_READ.findall(inspect.getsource(module))} | {"page"}) if module else ["page"]


def queries(view: Any, names: tuple[str, ...]) -> Iterator[str]:
    """One parameter at a time with a bad value, then everything at once."""
    for name in own_names(view):
        yield from (encoded({name: value}) for value in in_turn(name, WORST[:3]))
    for turn in turns_of(getattr(view, "__qualname__", "")):
        yield together(names, turn)


def in_turn(place: str, several: tuple[bytes, ...]) -> tuple[bytes, ...]:
    """The value that is a place's, always the same one; several where all are asked for."""
    return several if EVERY else (_IN_TURN[crc32(place.encode()) % len(_IN_TURN)],)


def turns_of(place: str) -> list[int]:
    """With which values everything is filled at once; both halves where all are asked for."""
    every = list(range(0, len(VALUES), 11))
    return every if EVERY else [every[crc32(place.encode()) % len(every)]]


@cache
def together(names: tuple[str, ...], turn: int) -> str:
    """All names at once, each with another value.

    What is long comes alone: the web server takes no head of more than 64 kB.
    """
    values = [value[:LONGEST_TOGETHER] for value in VALUES]
    return encoded({name: values[(turn + place) % len(values)] for place, name in enumerate(names)})


@dataclass
class PageForm:
    """A form as a page shows it: where it goes, and what is filled in."""

    action: str
    fields: dict[str, str] = field(default_factory=dict)
    is_post: bool = True


class _Reader(HTMLParser):
    def __init__(self, path: str) -> None:
        super().__init__()
        self.path, self.forms, self._select = path, list[PageForm](), ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        if tag == "form":
            action = urljoin(self.path, given.get("action", ""))
            self.forms.append(PageForm(action, is_post=given.get("method") == "post"))
        elif self.forms and tag in {"input", "textarea", "button", "select"}:
            kind, name = given.get("type", ""), given.get("name", "")
            self._select = name if tag == "select" else ""
            unchosen = kind in {"checkbox", "radio"} and name in self.forms[-1].fields
            if name and kind != "file" and not unchosen:
                self.forms[-1].fields[name] = given.get("value", "")
        elif tag == "option" and self._select:
            value = self.forms[-1].fields.get(self._select)
            if "selected" in given or not value:
                self.forms[-1].fields[self._select] = given.get("value", "")


def forms_of(path: str, page: str) -> list[PageForm]:
    """The forms of a page that change something."""
    reader = _Reader(path)
    reader.feed(page)
    return [form for form in reader.forms if form.is_post]


def fillings(form: PageForm) -> Iterator[dict[str, bytes]]:
    """The form with everything hostile, and with one field hostile among usual answers."""
    names = [name for name in form.fields if name != "csrfmiddlewaretoken"]
    usual = {name: (value or USUAL.get(name, "1")).encode() for name, value in form.fields.items()}
    for turn in turns_of(form.action):
        yield {name: VALUES[(turn + place) % len(VALUES)] for place, name in enumerate(names)}
    for place, name in enumerate(names):
        several = (NULL, WORST[place % len(WORST)], VALUES[place % len(VALUES)])
        for value in in_turn(form.action + name, several):
            yield usual | {name: value}


USUAL = {
    "email": "somebody@example.org", "telephone": "+212661223344", "phone": "0661223344",
    "reason": "checked", "valid_from": "2026-11-01", "rate": "10", "name": "Amina",
}  # fmt: skip


def encoded(filled: dict[str, bytes]) -> str:
    return "&".join(f"{name}={quote_from_bytes(value, safe='')}" for name, value in filled.items())


@contextmanager
def taken_back() -> Iterator[None]:
    """What a request changed is undone after it."""
    with ExitStack() as stack:
        for alias in ("default", "engine"):
            block = transaction.atomic(using=alias)
            block._from_testcase = True  # type: ignore[attr-defined]
            stack.enter_context(block)
            stack.callback(transaction.set_rollback, True, alias)
        yield


class Tries:
    """Sends requests, and keeps which of them failed with what."""

    def __init__(self) -> None:
        self.count, self.faults, self._raised = 0, list[str](), ""
        got_request_exception.connect(self._remember)

    def _remember(self, **_: Any) -> None:
        error = sys.exc_info()[1]
        last = traceback.extract_tb(error.__traceback__)[-1] if error else None
        ours = [
            frame
            for frame in traceback.extract_tb(error.__traceback__ if error else None)
            if str(ROOT) in frame.filename and ".venv" not in frame.filename
        ]
        place = ours[-1] if ours else last
        self._raised = f"{error!r:.100} at {place.filename}:{place.lineno}" if place else ""

    def get(self, client: Client, path: str, query: str, label: str) -> Any:
        return self._sent(client, label, lambda: client.get(path, QUERY_STRING=query))

    def post(self, client: Client, path: str, body: str, label: str) -> Any:
        kind = "application/x-www-form-urlencoded"
        return self._sent(client, label, lambda: client.post(path, body, content_type=kind))

    def send(self, client: Client, path: str, content: dict[str, Any], label: str) -> Any:
        """With files."""
        return self._sent(client, label, lambda: client.post(path, content))

    def _sent(self, client: Client, label: str, send: Any) -> Any:
        self.count += 1
        self._raised = ""
        cookies = copy.deepcopy(client.cookies)
        with taken_back():
            response = send()
            if response.streaming:
                response.getvalue()
        client.cookies = cookies  # who was signed out is in again
        if response.status_code >= 500 or b"Traceback" in getattr(response, "content", b""):
            self.faults.append(f"{label}: {response.status_code} {self._raised}")
        return response
