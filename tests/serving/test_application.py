"""The whole way: from what the web server received to what it sends back."""

import asyncio
import errno
from typing import Any

import pytest
from django.db import connections

from marketplace.core.uploads import ORDINARY_BYTES
from marketplace.serving import application as serving
from marketplace.serving import bodies
from marketplace.serving.lanes import Lane, Overloaded
from marketplace.serving.refusals import BAD, refuse
from tests.serving.asking import Client, scope

HTML = (b"accept", b"text/html,*/*")


def ask(client: Client, **words: Any) -> Client:
    asyncio.run(serving.application(scope(**words), client.receive, client.send))
    return client


@pytest.fixture(autouse=True)
def lanes_of_its_own(monkeypatch: pytest.MonkeyPatch) -> None:
    """A lane belongs to one event loop, and each question here has another."""
    monkeypatch.setattr(serving, "_work", Lane("page", threads=1, queue=1, seconds=60))
    monkeypatch.setattr(serving, "_files", Lane("file", threads=1, queue=1, seconds=60))
    monkeypatch.setattr(serving, "_health", Lane("health", threads=1, queue=1, seconds=60))


class Busy:
    async def run(self, *_words: object) -> None:
        raise Overloaded


def test_liveness_answers_while_every_thread_is_taken(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(serving, "_work", Busy())
    monkeypatch.setattr(serving, "_health", Busy())
    client = ask(Client(b""), path="/health/live")
    assert (client.status, client.body) == (200, b'{"state": "live"}')
    assert int(client.headers[b"content-length"]) == len(client.body)
    busy = ask(Client(b""), path="/ma/fr/")
    assert busy.status == 503
    assert int(busy.headers[b"retry-after"]) > 0


@pytest.mark.django_db(transaction=True)
def test_readiness_waits_for_no_page(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(serving, "_work", Busy())
    client = Client(b"")

    async def asked() -> None:
        await serving.application(scope(path="/health/ready"), client.receive, client.send)
        await serving._health.run(connections.close_all, client.receive)

    asyncio.run(asked())
    assert client.status == 200


def test_files_take_no_thread_from_pages(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(serving, "_files", Busy())
    monkeypatch.setattr(serving, "run", lambda *_words: refuse(scope(), BAD))
    length = [(b"content-length", b"1")]
    statuses = [
        ask(Client(b"a"), path=path, method="POST", headers=length).status
        for path in ("/portal/argan/listings/new/", "/accounts/login/")
    ]
    assert statuses == [503, 400]


def test_a_body_over_the_limit_is_refused_unread() -> None:
    client = Client(b"a" * 1000, more=True, gone=True)
    length = (b"content-length", str(ORDINARY_BYTES + 1).encode())
    ask(client, path="/accounts/login/", method="POST", headers=[length, HTML])
    assert client.status == 413
    assert client.headers[b"connection"] == b"close"


def test_a_body_without_a_length_is_counted() -> None:
    client = Client(*[b"a" * (ORDINARY_BYTES // 4)] * 6, gone=True)
    ask(client, method="POST", headers=[(b"transfer-encoding", b"chunked")])
    assert client.status == 413


@pytest.mark.parametrize(
    ("path", "accepted", "language", "word"),
    [
        ("/ma/ar/basket/", b"fr", b"ar", "لم يُحفظ"),
        ("/accounts/login/", b"fr", b"fr", "enregistré"),
        ("/accounts/login/", b"en", b"en", "saved"),
    ],
)
def test_refusals_are_in_the_visitors_language(
    path: str, accepted: bytes, language: bytes, word: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(bodies, "SECONDS", 0.02)
    sent = [(b"content-length", b"100"), HTML, (b"accept-language", accepted)]
    client = ask(Client(b"a", more=True), path=path, method="POST", headers=sent)
    assert client.status == 408
    assert client.headers[b"content-language"] == language
    assert word in client.body.decode()


def test_programs_get_plain_text() -> None:
    length = (b"content-length", b"99999999")
    client = ask(Client(gone=True), path="/saleor/webhooks/", method="POST", headers=[length])
    assert client.headers[b"content-type"].startswith(b"text/plain")


def test_a_full_disk_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_words: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(serving, "run", full)
    client = ask(Client(b""), headers=[HTML, (b"accept-language", b"en")])
    assert client.status == 507
    assert "Nothing was saved" in client.body.decode()


def test_a_length_that_is_no_number_is_refused() -> None:
    for wrong in (b"-1", b"1e3", "²".encode(), b"9" * 5000, b"12, 12"):
        client = ask(Client(b"a"), method="POST", headers=[(b"content-length", wrong)])
        assert client.status == 400, wrong
