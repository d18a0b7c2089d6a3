"""Starts processes again when they end by themselves. Standard library only: it stays small.

``python -m marketplace.supervisor COMMAND …`` keeps one command running; `twiza serve` becomes
that. `twiza demo` keeps all its parts so.
"""

import os
import resource
import signal
import subprocess
import sys
import time
from collections import deque
from collections.abc import Sequence
from functools import partial

from marketplace.core.child_processes import die_with_parent

STOPPING = (signal.SIGTERM, signal.SIGHUP, signal.SIGINT)
LOOK_SECONDS = 0.5
STOP_SECONDS = 10
# A part that ends so often within so many seconds is broken, and nobody is helped by hiding it.
MOST_ENDS, WITHIN_SECONDS = 6, 60
LONGEST_PAUSE_SECONDS = 5.0
# Each connection is an open file; many systems allow a process 1,024 unless it asks for more.
OPEN_FILES = 16_384


class GaveUp(Exception):
    """A part ended again and again."""


class Part:
    """A process, started by ``start`` and started again by ``look``.

    With ``finishes`` a part that ends with 0 has done its work. One with a higher niceness yields
    to others.
    """

    def __init__(
        self, name: str, command: Sequence[str], *, niceness: int = 0, finishes: bool = False
    ) -> None:
        self.name, self.command = name, list(command)
        self._niceness, self._finishes = niceness, finishes
        self._ends: deque[float] = deque(maxlen=MOST_ENDS)
        self._not_before = 0.0
        self.process: subprocess.Popen[bytes] | None = None

    def start(self) -> "Part":
        self.process = subprocess.Popen(
            self.command,
            preexec_fn=partial(_prepare, self._niceness),  # noqa: PLW1509
            start_new_session=True,
        )
        return self

    def has_ended(self) -> bool:
        return self.process is not None and self.process.poll() is not None

    def look(self) -> None:
        """Start it again if it ended by itself. Raises GaveUp."""
        if self.process is not None:
            status = self.process.poll()
            if status is None or (status == 0 and self._finishes):
                return
            self._note_end(status)
        if time.monotonic() >= self._not_before:
            self.start()

    def _note_end(self, status: int) -> None:
        now = time.monotonic()
        self._ends.append(now)
        if len(self._ends) == MOST_ENDS and now - self._ends[0] < WITHIN_SECONDS:
            raise GaveUp(f"{self.name} ended {MOST_ENDS} times within a minute.")
        recent = sum(now - end < WITHIN_SECONDS for end in self._ends)
        pause = min(LONGEST_PAUSE_SECONDS, 0.25 * 2 ** (recent - 1))
        print(f"{self.name} ended by itself ({_said(status)}); starting it again.", file=sys.stderr)
        # What it left running would keep its port.
        self._signal_group(signal.SIGKILL)
        self.process, self._not_before = None, now + pause

    def terminate(self) -> None:
        if self.process is not None and self.process.poll() is None:
            self.process.terminate()

    def wait_until(self, deadline: float) -> None:
        """Wait for its end, and make it end at the deadline."""
        if self.process is None:
            return
        try:
            self.process.wait(timeout=max(0.1, deadline - time.monotonic()))
        except subprocess.TimeoutExpired:
            self._signal_group(signal.SIGKILL)
            self.process.wait()

    def _signal_group(self, sign: signal.Signals) -> None:
        assert self.process is not None
        try:
            os.killpg(self.process.pid, sign)
        except ProcessLookupError:
            return


def stop_on_signals() -> None:
    """Have SIGTERM and SIGHUP arrive as Ctrl-C does, as KeyboardInterrupt."""

    def interrupt(*_args: object) -> None:
        ignore_signals()
        raise KeyboardInterrupt

    for sign in STOPPING:
        signal.signal(sign, interrupt)


def ignore_signals() -> None:
    """A terminal's Ctrl-C comes twice under `uv run`: the second must not interrupt the cleanup."""
    for sign in STOPPING:
        signal.signal(sign, signal.SIG_IGN)


def end(parts: Sequence[Part]) -> None:
    """Terminate all, wait for ten seconds, and kill those still running."""
    for part in parts:
        part.terminate()
    deadline = time.monotonic() + STOP_SECONDS
    for part in parts:
        part.wait_until(deadline)


def allow_open_files() -> None:
    """Raise this process's own limit of open files as far as the system lets it."""
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    wanted = OPEN_FILES if hard == resource.RLIM_INFINITY else min(OPEN_FILES, hard)
    if soft != resource.RLIM_INFINITY and soft < wanted:
        resource.setrlimit(resource.RLIMIT_NOFILE, (wanted, hard))


def _prepare(niceness: int) -> None:
    os.nice(niceness)
    # Signals that the parent ignores while it stops would be ignored in the child, too.
    for sign in STOPPING:
        signal.signal(sign, signal.SIG_DFL)
    allow_open_files()
    die_with_parent(signal.SIGTERM)


def _said(status: int) -> str:
    return f"signal {-status}" if status < 0 else f"status {status}"


def main(command: Sequence[str]) -> int:
    """Keep one command running until told to stop."""
    part = Part("The web server", command)
    stop_on_signals()
    try:
        part.start()
        while True:
            time.sleep(LOOK_SECONDS)
            part.look()
    except KeyboardInterrupt:
        return 0
    except GaveUp as reason:
        print(f"twiza serve: {reason}", file=sys.stderr)
        return 1
    finally:
        ignore_signals()
        end([part])


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
