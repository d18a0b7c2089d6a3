"""The first command: what is in its way is said, and it leaves nothing behind."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest

from marketplace.core.postgres import stop
from marketplace.core.postgres_processes import server_pids
from tests.demos import AT_SALEOR, Demo, free_port, processes_of, start_demo, stop_demo

OPEN = {"TWIZA_DEMO_SIZE": "open"}


@pytest.fixture
def folder(tmp_path: Path) -> Iterator[Path]:
    yield tmp_path / "world"
    stop(tmp_path / "world")


def gone(folder: Path) -> bool:
    deadline = time.monotonic() + 120
    while time.monotonic() < deadline:
        if not processes_of(folder):
            return True
        time.sleep(0.2)
    return False


def ask(*words: str, **environment: str) -> "subprocess.CompletedProcess[str]":
    return subprocess.run(
        [sys.executable, "-m", "marketplace", *words],
        capture_output=True, text=True, timeout=300, check=False, env={**os.environ, **environment},
    )  # fmt: skip


def test_stopped_or_killed_it_leaves_no_process_and_starts_again(folder: Path) -> None:
    first = start_demo(folder, free_port(), OPEN)
    assert first.process is not None
    assert httpx.get(f"{first.url}/ma/ar/", timeout=60).status_code == 200
    os.kill(first.process.pid, signal.SIGKILL)
    first.process.communicate(timeout=60)
    assert gone(folder)

    second = start_demo(folder, first.port, OPEN)
    assert httpx.get(f"{second.url}/ma/fr/", timeout=60).status_code == 200
    assert stop_demo(second) == 0
    assert gone(folder)
    assert server_pids(folder / "postgres") == []


def test_the_same_data_twice_is_refused_with_a_way_out(demo: Demo) -> None:
    refused = ask("demo", "--port", str(free_port()), "--data", str(demo.folder))
    assert refused.returncode == 1
    assert "runs already" in refused.stderr
    assert "--port" in refused.stderr


def test_a_port_in_use_is_said_with_the_next_one(demo: Demo, folder: Path) -> None:
    refused = ask("demo", "--port", str(demo.port), "--data", str(folder))
    assert refused.returncode == 1
    assert f"twiza demo --port {demo.port + 1}" in refused.stderr


def test_a_folder_that_cannot_be_written_is_said(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    refused = ask("demo", "--port", str(free_port()), "--data", str(tmp_path / "file" / "world"))
    assert refused.returncode == 1
    assert "cannot write" in refused.stderr


def test_a_production_refuses_what_belongs_to_a_demo(demo: Demo) -> None:
    refused = ask("serve", "--port", str(free_port()), TWIZA_DATA_DIR=str(demo.folder))
    assert refused.returncode == 1
    assert "holds the demo world" in refused.stderr
    found = ["demo-codes", "demo-data", *([] if AT_SALEOR else ["embedded-engine"])]
    assert ("embedded commerce engine" in refused.stderr) is not AT_SALEOR
    assert f"--allow {','.join(found)}" in refused.stderr


def test_told_to_stop_twice_while_it_starts_it_still_tidies_up(folder: Path) -> None:
    """As `uv run` does with a terminal's Ctrl-C: the signal comes to both, and is passed on."""
    command = [sys.executable, "-u", "-m", "marketplace", "demo", "--port", str(free_port())]
    starting = subprocess.Popen(
        [*command, "--data", str(folder)], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    )
    assert starting.stdout is not None
    assert "PostgreSQL" in starting.stdout.readline()
    assert "Preparing" in starting.stdout.readline()
    starting.send_signal(signal.SIGINT)
    starting.send_signal(signal.SIGINT)
    words, complaint = starting.communicate(timeout=300)
    assert (starting.returncode, complaint) == (0, "")
    assert "Stopping" in words
    assert gone(folder)
    assert server_pids(folder / "postgres") == []
