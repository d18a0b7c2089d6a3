"""Files from strangers' addresses: public https only, what was looked at is what is asked."""

import time
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from marketplace.core import fetching
from marketplace.core.fetching import (
    NoAnswer,
    NotFetched,
    NotPublic,
    NotThere,
    TooMuch,
    fetch,
    is_public,
    require_public_form,
)
from tests.core.https_server import HOST, PUBLIC, Server, https_server

MOST = 100_000


@pytest.fixture
def server(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[Server]:
    with https_server(monkeypatch, tmp_path) as running:
        yield running


def test_a_file_is_fetched_from_the_address_that_was_looked_at(server: Server) -> None:
    address = server.gives("/a%20b.jpg?v=1", b"picture")
    assert fetch(address, most_bytes=MOST) == b"picture"
    assert fetch(f"https://{HOST}/a b.jpg?v=1", most_bytes=MOST) == b"picture"
    assert server.connected == [PUBLIC, PUBLIC]


@pytest.mark.parametrize(
    "address",
    [
        "http://photos.example/a.jpg",
        "ftp://photos.example/a.jpg",
        "file:///etc/passwd",
        "https://photos.example:8443/a.jpg",
        "https://me:secret@photos.example/a.jpg",
        "https://127.0.0.1/a.jpg",
        "https://[::1]/a.jpg",
        "https://[::ffff:10.0.0.1]/a.jpg",
        "https://[64:ff9b::7f00:1]/a.jpg",
        "https://169.254.169.254/latest/meta-data/",
        "https:///a.jpg",
        "https://[/a.jpg",
        "https://photos.example:port/",
    ],
)
def test_no_other_address_is_asked(server: Server, address: str) -> None:
    with pytest.raises(NotPublic):
        fetch(address, most_bytes=MOST)
    with pytest.raises(NotPublic):
        require_public_form(address)
    assert server.connected == []


@pytest.mark.parametrize(
    "numbers",
    [["10.1.2.3"], ["127.0.0.1"], ["fd00::1"], [PUBLIC, "192.168.1.1"], ["fe80::1%eth0"], []],
)
def test_a_name_of_a_private_network_is_not_asked(server: Server, numbers: list[str]) -> None:
    address = server.gives("/a.jpg", b"picture")
    server.names[HOST] = numbers
    with pytest.raises(NotPublic):
        fetch(address, most_bytes=MOST)
    assert server.connected == []


def test_a_name_is_resolved_once_for_each_question(
    server: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A server of names that answers differently the second time leads nowhere else."""
    address = server.gives("/a.jpg", b"picture")
    answers = iter([PUBLIC, "127.0.0.1"])
    monkeypatch.setattr(
        fetching, "getaddrinfo", lambda *_a, **_k: [(0, 0, 0, "", (next(answers), 443))]
    )
    assert fetch(address, most_bytes=MOST) == b"picture"
    assert server.connected == [PUBLIC]


@pytest.mark.parametrize(
    "target", ["https://intern.example/a.jpg", "http://photos.example/b.jpg", "https://10.0.0.1/"]
)
def test_a_redirection_to_a_private_network_is_not_followed(server: Server, target: str) -> None:
    server.names["intern.example"] = ["10.0.0.7"]
    address = server.gives("/a.jpg", b"", 302, Location=target)
    with pytest.raises(NotPublic):
        fetch(address, most_bytes=MOST)
    assert server.connected == [PUBLIC]


def test_a_redirection_to_a_public_place_is_followed_three_times(server: Server) -> None:
    for number in range(5):
        server.gives(f"/{number}", b"", 301, Location=f"/{number + 1}")
    server.gives("/5", b"picture")
    assert fetch(f"https://{HOST}/2", most_bytes=MOST) == b"picture"
    with pytest.raises(NotFetched):
        fetch(f"https://{HOST}/0", most_bytes=MOST)


def test_what_is_not_there_is_not_asked_for_twice(server: Server) -> None:
    with pytest.raises(NotThere) as refused:
        fetch(f"https://{HOST}/gone.jpg", most_bytes=MOST)
    assert "404" in str(refused.value)
    assert server.asked == ["/gone.jpg"]


def test_a_passing_failure_is_tried_once_more(server: Server) -> None:
    address = server.gives("/a.jpg", b"", 503)
    with pytest.raises(NoAnswer):
        fetch(address, most_bytes=MOST)
    assert server.asked == ["/a.jpg", "/a.jpg"]


@pytest.mark.parametrize("says", [True, False])
def test_what_is_too_large_is_not_read_to_its_end(server: Server, says: bool) -> None:
    headers = {} if says else {"Content_Length": ""}
    address = server.gives("/a.jpg", b"x" * (MOST + 1), **headers)
    with pytest.raises(TooMuch):
        fetch(address, most_bytes=MOST)
    assert fetch(server.gives("/b.jpg", b"x" * MOST), most_bytes=MOST) == b"x" * MOST


@pytest.mark.parametrize("part", ["head", "body"])
def test_a_server_that_drips_is_left_at_the_deadline(
    server: Server, monkeypatch: pytest.MonkeyPatch, part: str
) -> None:
    monkeypatch.setattr(fetching, "WHOLE_SECONDS", 0.5)

    def drip(request: BaseHTTPRequestHandler) -> None:
        if part == "body":
            request.send_response(200)
            request.end_headers()
        for _second in range(100):
            try:
                request.wfile.write(b"x" if part == "body" else b"HTTP")
                request.wfile.flush()
            except OSError:
                return
            time.sleep(0.1)

    server.answers["/slow.jpg"] = drip
    began = time.monotonic()
    with pytest.raises(NoAnswer):
        fetch(f"https://{HOST}/slow.jpg", most_bytes=MOST)
    assert time.monotonic() - began < 6


def test_a_cut_answer_is_no_file(server: Server) -> None:
    address = server.gives("/a.jpg", b"half", Content_Length="8")
    with pytest.raises(NoAnswer):
        fetch(address, most_bytes=MOST)


def test_a_certificate_of_another_is_refused(server: Server) -> None:
    server.names["stranger.example"] = [PUBLIC]
    with pytest.raises(NoAnswer):
        fetch("https://stranger.example/a.jpg", most_bytes=MOST)
    assert server.asked == []


@given(st.ip_addresses(v=4))
def test_no_private_number_is_public_in_any_dress(number: object) -> None:
    dressed = [f"::ffff:{number}", f"::{number}", f"64:ff9b::{number}"]
    if not is_public(str(number)):
        assert not any(is_public(text) for text in dressed)
