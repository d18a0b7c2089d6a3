"""Fifty clients that are slow with heads, with bodies or with reading hold up nobody."""

import socket
import time
from collections.abc import Callable

import pytest

from tests.attacks.recorder import Tried
from tests.attacks.slow import KINDS, SlowClients
from tests.attacks.visitor import Visitor
from tests.demos import Demo

EACH = 50
PAGES = ("/health/live", "/health/ready", "/ma/fr/", "/ma/ar/", "/accounts/login/")
# Longer than any page takes on a busy machine, shorter than a slow client hangs on.
LIMIT_SECONDS = 15


@pytest.mark.parametrize("kinds", [*[(kind,) for kind in KINDS], KINDS])
def test_everybody_else_is_answered_meanwhile(
    kinds: tuple[str, ...], attacked: Demo, visitor: Callable[[], Visitor], tried: Tried
) -> None:
    somebody = visitor()
    with SlowClients(attacked.port, each=EACH, kinds=kinds) as slow:
        statuses = {path: somebody.get(path, timeout=LIMIT_SECONDS).status_code for path in PAGES}
        hanging = slow.hanging
    tried(f"{hanging} clients slow with {', '.join(kinds)}; pages meanwhile", statuses)
    assert hanging == EACH * len(kinds)
    assert set(statuses.values()) == {200}


def test_somebody_signs_in_and_out_while_bodies_trickle(
    attacked: Demo, visitor: Callable[[], Visitor], tried: Tried
) -> None:
    somebody = visitor()
    with SlowClients(attacked.port, each=EACH, kinds=("bodies",)):
        answer = somebody.sign_in("buyer@twiza.example")
    tried("signing in while fifty bodies trickle", answer.status_code)
    assert answer.status_code == 302


def test_a_body_that_trickles_is_cut_off(attacked: Demo, tried: Tried) -> None:
    with socket.create_connection(("127.0.0.1", attacked.port), timeout=120) as slow:
        slow.sendall(
            b"POST /accounts/login/ HTTP/1.1\r\nHost: localhost\r\nContent-Length: 3000\r\n\r\n"
        )
        answer = b""
        slow.settimeout(1)
        deadline = time.monotonic() + 120
        while not answer and time.monotonic() < deadline:
            try:
                slow.sendall(b"a")
                answer = slow.recv(2000)
            except TimeoutError:
                continue
    tried("a body of one byte a second", answer.split(b"\r\n")[0].decode())
    assert answer.startswith(b"HTTP/1.1 408 ")


def test_too_large_a_body_is_refused_before_it_is_read(
    attacked: Demo, visitor: Callable[[], Visitor], tried: Tried
) -> None:
    """The answer comes although only its length was sent, or before all of it was sent."""
    large = 150_000_000
    with socket.create_connection(("127.0.0.1", attacked.port), timeout=60) as client:
        head = (
            f"POST /accounts/login/ HTTP/1.1\r\nHost: localhost\r\nContent-Length: {large}\r\n\r\n"
        )
        client.sendall(head.encode())
        answer = client.recv(2000)
    tried("a form that announces 150 MB", answer.split(b"\r\n")[0].decode())
    assert answer.startswith(b"HTTP/1.1 413 ")
    with socket.create_connection(("127.0.0.1", attacked.port), timeout=60) as client:
        client.sendall(
            b"POST /api/graphql/ HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\n\r\n"
        )
        piece = b"10000\r\n" + b"a" * 0x10000 + b"\r\n"
        for _ in range(24):
            client.sendall(piece)
        answer = client.recv(2000)
    tried("a body without a length, ended by nothing", answer.split(b"\r\n")[0].decode())
    assert answer.startswith(b"HTTP/1.1 413 ")
    assert visitor().get("/health/live").status_code == 200
