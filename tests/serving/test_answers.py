"""A request reaches WSGI as it was sent, and its answer comes back whole."""

import asyncio
import io
from collections.abc import Iterable
from pathlib import Path
from typing import Any
from urllib.parse import quote_from_bytes

from hypothesis import given
from hypothesis import strategies as st

from marketplace.serving.answers import FileOfAnswer, environment, run
from tests.serving.asking import Client, scope


def answered(application: Any, **words: Any) -> Client:
    client = Client()
    environ = environment(scope(**words), io.BytesIO())
    asyncio.run(run(application, environ).send(client.send))
    return client


@given(path=st.binary(max_size=40))
def test_a_path_arrives_byte_for_byte(path: bytes) -> None:
    raw = b"/" + quote_from_bytes(path, safe="").encode()
    made = environment(scope(raw_path=raw), io.BytesIO())
    assert made["PATH_INFO"].encode("latin1") == b"/" + path


def test_a_header_with_an_underscore_passes_for_no_other() -> None:
    sent = [(b"x_forwarded_for", b"10.0.0.1"), (b"x-real", b"1"), (b"x-real", b"2")]
    made = environment(scope(headers=sent), io.BytesIO())
    assert "HTTP_X_FORWARDED_FOR" not in made
    assert made["HTTP_X_REAL"] == "1,2"
    assert made["REMOTE_ADDR"] == "127.0.0.1"


@given(pieces=st.lists(st.binary(max_size=500_000), max_size=6))
def test_an_answer_in_pieces_comes_whole_in_memory_or_on_disk(pieces: list[bytes]) -> None:
    def application(_environ: Any, start: Any) -> Iterable[bytes]:
        start(
            "200 OK", [("Content-Type", "text/plain"), ("Set-Cookie", "a=1"), ("Set-Cookie", "b=2")]
        )
        return iter(pieces)

    client = answered(application)
    assert client.status == 200
    assert client.body == b"".join(pieces)
    cookies = [value for name, value in client.answers[0]["headers"] if name == b"set-cookie"]
    assert cookies == [b"a=1", b"b=2"]


def test_a_file_is_sent_from_disk_after_the_page_closed_it(tmp_path: Path) -> None:
    path = tmp_path / "photo"
    path.write_bytes(b"p" * 300_000)
    opened = path.open("rb")

    def application(environ: Any, start: Any) -> Any:
        start("200 OK", [])
        return environ["wsgi.file_wrapper"](opened)

    assert answered(application).body == b"p" * 300_000
    assert opened.closed


def test_a_file_that_is_on_no_disk_is_sent_as_well() -> None:
    def application(_environ: Any, start: Any) -> Any:
        start("200 OK", [])
        return FileOfAnswer(io.BytesIO(b"q" * 300_000))

    assert answered(application).body == b"q" * 300_000


def test_a_head_has_no_body() -> None:
    def application(_environ: Any, start: Any) -> Any:
        start("200 OK", [("Content-Length", "5")])
        return [b"hello"]

    client = answered(application, method="HEAD")
    assert client.body == b""
    assert client.headers[b"content-length"] == b"5"
