"""The embedded server starts whatever the last run left behind."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest

from marketplace.core.postgres import PostgresUnavailable, ensure_running, server_pids, stop


@pytest.fixture
def folder(tmp_path: Path) -> Iterator[Path]:
    yield tmp_path
    stop(tmp_path)


def ask(folder: Path, statement: str) -> object:
    address = ensure_running(folder)
    with psycopg.connect(address.url, autocommit=True) as connection:
        cursor = connection.execute(statement)  # type: ignore[call-overload]
        return cursor.fetchone()[0] if cursor.description else None


def test_a_second_start_finds_the_first_ones_data(folder: Path) -> None:
    ask(folder, "CREATE TABLE kept AS SELECT 7 AS number")
    stop(folder)
    assert server_pids(folder / "postgres") == []
    assert ask(folder, "SELECT number FROM kept") == 7


def test_a_running_server_is_used_and_not_started_again(folder: Path) -> None:
    first = ensure_running(folder)
    pids = server_pids(folder / "postgres")
    assert ensure_running(folder) == first
    assert server_pids(folder / "postgres") == pids


def test_a_killed_server_starts_again(folder: Path) -> None:
    ask(folder, "CREATE TABLE kept AS SELECT 7 AS number")
    for pid in server_pids(folder / "postgres"):
        os.kill(pid, signal.SIGKILL)
    while server_pids(folder / "postgres"):
        time.sleep(0.05)
    assert ask(folder, "SELECT number FROM kept") == 7


@pytest.mark.parametrize("left_behind", ["", "1\n", "99999999\n/nowhere\n"])
def test_a_broken_pid_file_does_no_harm(folder: Path, left_behind: str) -> None:
    ensure_running(folder)
    stop(folder)
    (folder / "postgres" / "postmaster.pid").write_text(left_behind)
    assert ask(folder, "SELECT 1") == 1


def test_a_start_killed_half_way_is_begun_anew(folder: Path) -> None:
    (folder / "postgres.new").mkdir()
    (folder / "postgres.new" / "PG_VERSION").write_text("18")
    (folder / "password.new").write_text("left")
    assert ask(folder, "SELECT 1") == 1


def test_starts_at_the_same_time_end_in_one_server(folder: Path) -> None:
    start = (
        "import sys; from pathlib import Path; from marketplace.core import postgres;"
        "print(postgres.ensure_running(Path(sys.argv[1])).port)"
    )
    starts = [
        subprocess.Popen([sys.executable, "-c", start, str(folder)], stdout=subprocess.PIPE)
        for _ in range(3)
    ]
    ports = {process.communicate(timeout=120)[0] for process in starts}
    assert len(ports) == 1
    assert ports != {b""}


def test_a_folder_that_cannot_be_written_is_said_with_a_remedy(tmp_path: Path) -> None:
    blocked = tmp_path / "file"
    blocked.write_text("not a folder")
    with pytest.raises(PostgresUnavailable, match="choose another folder"):
        ensure_running(blocked / "data")


def test_the_server_does_not_inherit_what_is_set_once_its_address_is_known(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def told(_address: object) -> None:
        monkeypatch.setenv("TWIZA_SECRET_KEY", "for the shop's own processes")

    ensure_running(folder, told=told)

    for pid in server_pids(folder / "postgres"):
        assert b"TWIZA_SECRET_KEY" not in Path(f"/proc/{pid}/environ").read_bytes()


def test_the_address_is_told_before_the_server_answers_and_is_kept(folder: Path) -> None:
    told: list[tuple[object, list[int]]] = []
    address = ensure_running(
        folder, told=lambda found: told.append((found, server_pids(folder / "postgres")))
    )
    assert told == [(address, [])]
    ensure_running(folder, told=lambda found: told.append((found, [])))
    assert [found for found, _ in told] == [address, address]
