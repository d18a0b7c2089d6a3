"""A checkup waits a few seconds in vain, for all together; whoever answers has time."""

import socket
import threading
import time
from collections.abc import Iterator
from typing import Any

import httpx
import pytest

from marketplace.core.checkup import Mark, examine
from marketplace.core.patience import LEAST_SECONDS, counted, patience, within
from marketplace.saleor import transport


def fail_slowly() -> None:
    time.sleep(0.05)
    raise OSError("no")


def test_only_what_fails_costs_patience() -> None:
    assert patience(30) == 30
    with within(3):
        with counted():
            time.sleep(0.05)
        assert patience(30) == 3
        with pytest.raises(OSError, match="no"), counted():
            fail_slowly()
        assert 2 < patience(30) < 3
        assert patience(1) == 1
    with within(-1):
        assert patience(30) == LEAST_SECONDS
    assert patience(30) == 30


@pytest.fixture
def silent() -> Iterator[int]:
    """The port of somebody who takes every connection and never says a thing."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        held: list[socket.socket] = []

        def take() -> None:
            try:
                while True:
                    held.append(server.accept()[0])
            except OSError:
                return

        thread = threading.Thread(target=take, daemon=True)
        thread.start()
        yield server.getsockname()[1]
        server.shutdown(socket.SHUT_RDWR)
        thread.join(timeout=10)
        for connection in held:
            connection.close()


def test_a_request_to_the_engine_waits_no_longer_than_a_checkup_has_left(
    silent: int, settings: Any
) -> None:
    settings.SALEOR_API_URL = f"http://127.0.0.1:{silent}/graphql/"
    transport._pool.cache_clear()
    try:
        with within(0.3), transport.engine_http() as http:
            for _time in range(3):
                with pytest.raises(httpx.ReadTimeout):
                    http.get(settings.SALEOR_API_URL)
            assert patience(30) == LEAST_SECONDS
    finally:
        transport._pool().close()
        transport._pool.cache_clear()


@pytest.mark.django_db
def test_a_mail_server_that_says_nothing_is_a_finding(
    silent: int, settings: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", silent
    monkeypatch.setattr("marketplace.core.checkup.VAIN_SECONDS", 0.3)
    [finding] = examine("mail")
    assert finding.mark == Mark.BROKEN
    assert "127.0.0.1" in finding.message
