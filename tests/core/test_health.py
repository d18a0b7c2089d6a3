"""The two addresses of whoever watches over the processes."""

import pytest
from django.db import DatabaseError, connection
from django.test import Client


def test_a_process_lives_without_asking_the_database(client: Client) -> None:
    # Without the database mark any query would fail this test.
    assert client.get("/health/live").json() == {"state": "live"}


@pytest.mark.django_db
def test_it_is_ready_when_the_database_answers(client: Client) -> None:
    answer = client.get("/health/ready")
    assert (answer.status_code, answer.json()) == (200, {"state": "ready"})
    assert answer.headers["Cache-Control"] == "no-store"


@pytest.mark.django_db
def test_it_is_not_ready_while_the_database_is_unavailable(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    def unavailable() -> None:
        raise DatabaseError("server closed the connection")

    monkeypatch.setattr(connection, "cursor", unavailable)
    answer = client.get("/health/ready")
    assert answer.status_code == 503
    assert "server closed" not in answer.content.decode()
    assert client.post("/health/ready").status_code == 405
