"""An empty database gets the tables that Django's own way makes, and is told of step by step."""

import io
import os
import subprocess
from collections.abc import Iterator

import pytest
from django.conf import settings
from django.db import connections

from marketplace.core import migrating
from marketplace.core.database import DatabaseAddress
from marketplace.core.postgres_versions import find_program, major_of
from marketplace.core.roles import connect_as_owner
from marketplace.core.steps import steps
from marketplace.core.upgrade import upgrade_database
from tests import databases


@pytest.fixture
def empty(django_db_setup: None, django_db_blocker: pytest.FixtureRequest) -> Iterator[None]:
    """Every connection points at a database in which nothing is."""
    address = databases.at(settings.DATABASE_ADDRESS, f"{settings.DATABASE_ADDRESS.name}_empty")
    with django_db_blocker.unblock():  # type: ignore[attr-defined]
        databases.drop(address)
        databases.execute(address, f'CREATE DATABASE "{address.name}"')
        with databases.inside(address):
            yield
        databases.drop(address)


def schema(address: DatabaseAddress) -> list[str]:
    """Everything that is in a database but its rows and rights, as ``pg_dump`` writes it."""
    with connect_as_owner(address) as connection:
        program = find_program("pg_dump", major_of(connection))
    url = address.url
    command = [str(program), "--schema-only", "--no-owner", "--no-privileges", "--dbname", url]
    written = subprocess.run(command, capture_output=True, text=True, check=True, env=os.environ)
    lines = written.stdout.splitlines()
    # Each dump has a word of its own in two lines, against statements smuggled in.
    return [line for line in lines if not line.startswith(("\\restrict", "\\unrestrict"))]


@pytest.mark.usefixtures("empty")
def test_tables_made_together_are_those_made_one_by_one(monkeypatch: pytest.MonkeyPatch) -> None:
    address: DatabaseAddress = settings.DATABASE_ADDRESS
    with monkeypatch.context() as one_by_one:
        one_by_one.setattr(migrating, "create_together", lambda _migration: None)
        upgrade_database()
    connections.close_all()

    made = schema(address.at(databases.template(address)))

    assert len([line for line in made if line.startswith("CREATE TABLE")]) > 150
    assert schema(address) == made


@pytest.mark.usefixtures("empty")
def test_an_upgrade_says_which_tables_it_makes_and_then_nothing_more() -> None:
    said: list[str] = []
    upgrade_database(progress=said.append)

    first, last = said[0].split(), said[-1].split()
    assert first[:2] == ["Tables", "of"]
    assert (first[4], first[5:7]) == ("1", ["of", last[6]])
    assert int(last[4]) <= int(last[6])
    assert any(line.startswith("Tables of orders, step ") for line in said)

    said.clear()
    upgrade_database(progress=said.append)
    assert said == []


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


def test_without_a_terminal_each_step_is_a_line() -> None:
    log = io.StringIO()
    with steps(log) as progress:
        progress("one")
        progress("two")
    assert log.getvalue() == "one\ntwo\n"


def test_on_a_terminal_steps_share_a_line_that_is_empty_in_the_end() -> None:
    terminal = Terminal()
    with steps(terminal) as progress:
        progress("one")
        progress("two")
    shown = terminal.getvalue()
    assert "\n" not in shown
    assert shown.split("\r\x1b[K") == ["", "one", "two", ""]


@pytest.mark.parametrize("stream", [io.StringIO(), Terminal()])
def test_nothing_is_written_when_nothing_is_done(stream: io.StringIO) -> None:
    with steps(stream):
        pass
    assert stream.getvalue() == ""
