"""A part that ends by itself is started again; one that is broken is given up."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from marketplace import supervisor
from marketplace.supervisor import GaveUp, Part, end

PATIENCE_SECONDS = 60


@pytest.fixture
def parts() -> Iterator[list[Part]]:
    made: list[Part] = []
    yield made
    end(made)


def until(holds: Callable[[], bool]) -> None:
    deadline = time.monotonic() + PATIENCE_SECONDS
    while not holds():
        assert time.monotonic() < deadline
        time.sleep(0.02)


def pid_of(part: Part) -> int:
    assert part.process is not None
    return part.process.pid


def test_what_was_killed_is_started_again(parts: list[Part]) -> None:
    part = Part("sleeper", ["sleep", "600"]).start()
    parts.append(part)
    first = pid_of(part)
    part.look()
    assert pid_of(part) == first
    os.kill(first, signal.SIGKILL)
    until(part.has_ended)

    def started_again() -> bool:
        part.look()
        return part.process is not None and pid_of(part) != first

    until(started_again)


def test_what_has_done_its_work_stays_ended(parts: list[Part]) -> None:
    part = Part("short", ["true"], finishes=True).start()
    parts.append(part)
    until(part.has_ended)
    first = pid_of(part)
    part.look()
    assert pid_of(part) == first


def test_what_ends_again_and_again_is_given_up(
    parts: list[Part], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(supervisor, "LONGEST_PAUSE_SECONDS", 0.01)
    part = Part("broken", ["false"]).start()
    parts.append(part)
    starts = 0

    def gave_up() -> bool:
        nonlocal starts
        before = part.process
        try:
            part.look()
        except GaveUp:
            return True
        starts += part.process is not before and part.process is not None
        return False

    until(gave_up)
    assert starts == supervisor.MOST_ENDS - 1


def test_what_it_started_ends_with_it(parts: list[Part], tmp_path: Path) -> None:
    """As a web server's worker, which would keep the port."""
    note = tmp_path / "pid"
    part = Part(
        "group", ["sh", "-c", f"sleep 600 & echo $! > {note}.new; mv {note}.new {note}; wait"]
    )
    parts.append(part.start())
    until(note.exists)
    grandchild = int(note.read_text())
    os.kill(pid_of(part), signal.SIGKILL)
    until(part.has_ended)
    part.look()
    until(lambda: not is_running(grandchild))


def test_told_to_stop_it_stops_its_command() -> None:
    """The command line that `twiza serve` becomes."""
    script = "import os, time; print(os.getpid(), flush=True); time.sleep(600)"
    running = subprocess.Popen(
        [sys.executable, "-m", "marketplace.supervisor", sys.executable, "-c", script],
        stdout=subprocess.PIPE, text=True,
    )  # fmt: skip
    assert running.stdout is not None
    command = int(running.stdout.readline())
    running.terminate()
    running.communicate(timeout=PATIENCE_SECONDS)
    assert running.returncode == 0
    assert not is_running(command)


def is_running(pid: int) -> bool:
    try:
        state = Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()[0]
    except OSError:
        return False
    return state != "Z"
