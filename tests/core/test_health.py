"""The two addresses of whoever watches over the processes."""

import pytest
from django.db import DatabaseError, connection
from django.test import Client

from marketplace.core.logs import HealthFilter


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


@pytest.mark.django_db
@pytest.mark.parametrize("host", ["10.4.0.17:8000", "no such host", ""])
@pytest.mark.parametrize("path", ["/health/live", "/health/ready"])
def test_it_answers_whatever_name_it_is_called_by(client: Client, host: str, path: str) -> None:
    assert client.get(path, headers={"host": host}).status_code == 200
    assert client.get("/ma/fr/", headers={"host": host}).status_code == 400


def test_figures_stay_closed_whatever_the_name(client: Client) -> None:
    answer = client.get("/health/metrics", headers={"host": "10.4.0.17"})
    assert (answer.status_code, answer.content) == (404, b"")


@pytest.mark.django_db
def test_what_a_health_check_is_answered_is_not_logged(
    client: Client, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def unavailable() -> None:
        raise DatabaseError("server closed the connection")

    monkeypatch.setattr(connection, "cursor", unavailable)
    client.get("/health/ready")
    client.get("/health/metrics")

    assert [record for record in caplog.records if HealthFilter().filter(record)] == []
    assert len(caplog.records) == 2
