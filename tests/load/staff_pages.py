"""Times every page and download that staff find by following links, and prints the slow ones.

    TWIZA_DATA_DIR=/tmp/world uv run python -m tests.load.staff_pages

on the data of a demo (its full size), which goes on running: pages about the shop's own products
ask its engine. The requests run in this process, so that besides the time that passes the processor
time of the web process alone is known, which other work on the machine does not lengthen much. Of
each kind of address a few are asked, the first of its lists and its links with other questions.
"""

import os
import sys
import time
from collections import Counter
from collections.abc import Iterator
from typing import Any, NamedTuple
from urllib.parse import parse_qsl, urldefrag, urljoin, urlsplit

PROGRAMME = "mourafaka"
# Whom to be, and the page that they begin with.
PEOPLE = {
    "coordination@twiza.example": "",
    "finance@twiza.example": "",
    "boutique@twiza.example": "adoption/",
}
BELOW = f"/staff/{PROGRAMME}/"
SLOW_SECONDS = 2.0
OF_ONE_KIND = 3


class Asked(NamedTuple):
    """An address and what its answer took; ``processor`` in seconds of this process."""

    name: str
    path: str
    status: int
    seconds: float
    processor: float
    queries: int
    size: int


def crawl(email: str, first: str) -> Iterator[Asked]:
    """Ask for everything that is linked from the first page on."""
    from django.urls import Resolver404, resolve

    client = signed_in(email)
    waiting, seen, of_kind = [BELOW + first], set[str](), Counter[Any]()
    while waiting:
        path = waiting.pop(0)
        parts = urlsplit(path)
        try:
            name = resolve(parts.path).view_name
        except Resolver404:
            continue
        kind = (name, tuple(sorted(key for key, _value in parse_qsl(parts.query))))
        if path in seen or of_kind[kind] >= OF_ONE_KIND:
            continue
        seen.add(path)
        of_kind[kind] += 1
        found, body = ask(client, name, path)
        print(f"{found.seconds:7.2f} {found.processor:7.2f} {path}", file=sys.stderr, flush=True)
        yield found
        waiting += links(path, body)


def ask(client: Any, name: str, path: str) -> tuple[Asked, bytes]:
    """One request, until the last byte."""
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    began, cpu = time.monotonic(), time.process_time()
    connection.queries_log.clear()
    with CaptureQueriesContext(connection) as queries:
        answer = client.get(path)
        body: bytes = answer.getvalue()
    took = time.monotonic() - began, time.process_time() - cpu
    return Asked(name, path, answer.status_code, *took, len(queries), len(body)), body


def links(page: str, body: bytes) -> list[str]:
    """The addresses of this programme's staff pages that a page links to."""
    from lxml import html

    if not body.lstrip().lower().startswith(b"<!doctype html"):
        return []
    found = html.fromstring(body.decode()).xpath("//a/@href")
    addresses = [urldefrag(urljoin(page, href)).url for href in found]
    return [address for address in addresses if address.startswith(BELOW)]


def signed_in(email: str) -> Any:
    """The browser of somebody of the demo, who has just given a code."""
    from django.test import Client

    from tests.signing_in import sign_in_with_all_factors
    from vendors.models import User

    sign_in_with_all_factors()
    client = Client()
    backend = "django.contrib.auth.backends.ModelBackend"
    client.force_login(User.objects.get(email=email), backend=backend)
    client.cookies["twiza_language"] = "fr"
    return client


def told(found: list[Asked]) -> str:
    """The slowest of each kind, the slow ones first, as rows of a table."""
    slowest: dict[str, Asked] = {}
    for asked in found:
        if asked.name not in slowest or asked.seconds > slowest[asked.name].seconds:
            slowest[asked.name] = asked
    rows = ["| page | seconds | processor | queries | kB | address |", "|---|---|---|---|---|---|"]
    for a in sorted(slowest.values(), key=lambda asked: -asked.seconds):
        figures = f"{a.seconds:.2f} | {a.processor:.2f} | {a.queries} | {a.size / 1000:.0f}"
        status = "" if a.status == 200 else f" ({a.status})"
        rows.append(f"| {a.name} | {figures} | {a.path}{status} |")
    return "\n".join(rows)


def main() -> None:
    """Ask as everybody, and print the table."""
    from django.conf import settings

    settings.ALLOWED_HOSTS = ["*"]
    found = [asked for email, first in PEOPLE.items() for asked in crawl(email, first)]
    print(told(found))
    slow = {asked.name for asked in found if asked.seconds > SLOW_SECONDS}
    print(
        f"{len(found)} requests to {len({a.name for a in found})} addresses; load {os.getloadavg()}"
    )
    sys.exit(f"over {SLOW_SECONDS} s: {', '.join(sorted(slow))}" if slow else 0)


if __name__ == "__main__":
    main()
