"""How long starts take, and what commands cost; prints seconds of one or several checkouts.

    python -m tests.load.starts                                   # this checkout
    python -m tests.load.starts /clone/before /clone/after        # in turn, in one run
    python -m tests.load.starts --rounds 3 --only demo,commands

Each checkout needs its environment (`uv sync`). Measured are the first start of a demo of the
smallest size on an empty folder, its second start, `twiza serve` on that world until its first
page, and the processor seconds (user and system, with children) of commands. Timings of a shared
machine differ by half: compare what one run printed side by side.
"""

import argparse
import os
import resource
import shutil
import signal
import subprocess
import tempfile
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from tests.demos import free_port

PATIENCE_SECONDS = 300
COMMANDS = (
    ("--help",),
    ("keys", "new"),
    ("messages", "check"),
    ("database", "upgrade"),
    ("doctor",),
    ("manage", "version"),
)
ALLOWED = "demo-data,demo-codes,test-payments,embedded-engine"
Figures = dict[str, list[float]]


class Checkout:
    """A checkout with its own environment, and a world made by it."""

    def __init__(self, root: Path, folder: Path) -> None:
        self.root, self.folder = root.resolve(), folder
        self.figures: Figures = {}
        self.is_serving = False

    @property
    def _environment(self) -> dict[str, str]:
        # Not the world that the scripts of this folder were made ready for.
        own = {name: value for name, value in os.environ.items() if not name.startswith("TWIZA_")}
        data = {"TWIZA_DATA_DIR": str(self.folder)} if self.is_serving else {}
        return {**own, **data, "TWIZA_DEMO_SIZE": "open", "PYTHONUNBUFFERED": "1"}

    def note(self, name: str, seconds: float) -> None:
        self.figures.setdefault(name, []).append(seconds)

    def start(self, *words: str) -> "subprocess.Popen[bytes]":
        python = self.root / ".venv" / "bin" / "python"
        return subprocess.Popen(
            [str(python), "-m", "marketplace", *words],
            cwd=self.root, env=self._environment, stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, start_new_session=True,
        )  # fmt: skip

    @contextmanager
    def running(self, *words: str) -> Iterator[None]:
        """A command that runs until the end of the block."""
        process = self.start(*words)
        try:
            yield
        finally:
            process.send_signal(signal.SIGINT)
            process.wait(timeout=60)

    def measure_demo(self, name: str) -> None:
        """Seconds until the shop's first page."""
        port, began = free_port(), time.monotonic()
        with self.running("demo", "--port", str(port), "--data", str(self.folder)):
            wait_for_page(port)
            self.note(name, time.monotonic() - began)
            # The worker begins now; a start that is stopped at once would hide what it costs.
            time.sleep(2)

    def measure_commands_and_serve(self) -> None:
        """Beside a demo that has settled, whose database they use."""
        with self.running("demo", "--port", str(port := free_port()), "--data", str(self.folder)):
            wait_for_page(port)
            time.sleep(20)
            for words in COMMANDS:
                self.measure_command(words)
            self.measure_serve()

    def measure_command(self, words: tuple[str, ...]) -> None:
        before = resource.getrusage(resource.RUSAGE_CHILDREN)
        data = () if words[0] in {"--help", "messages"} else ("--data", str(self.folder))
        self.start(*words, *data).wait()
        after = resource.getrusage(resource.RUSAGE_CHILDREN)
        spent = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
        self.note(f"twiza {' '.join(words)} (processor)", spent)

    def measure_serve(self) -> None:
        port, began = free_port(), time.monotonic()
        self.is_serving = True
        try:
            with self.running("serve", "--port", str(port), "--allow", ALLOWED):
                wait_for_page(port)
                self.note("twiza serve, first page", time.monotonic() - began)
        finally:
            self.is_serving = False


def wait_for_page(port: int) -> None:
    deadline = time.monotonic() + PATIENCE_SECONDS
    while time.monotonic() < deadline:
        with suppress(urllib.error.URLError, TimeoutError, ConnectionError):
            urllib.request.urlopen(f"http://localhost:{port}/ma/ar/", timeout=60).close()
            return
        time.sleep(0.02)
    raise SystemExit("No page within five minutes.")


def report(checkouts: list[Checkout]) -> None:
    names = list(dict.fromkeys(name for each in checkouts for name in each.figures))
    for name in names:
        cells = [_cell(each.figures.get(name, [])) for each in checkouts]
        print(f"{name:48}" + "".join(f"{cell:>24}" for cell in cells))


def _cell(found: list[float]) -> str:
    return " ".join(f"{seconds:.2f}" for seconds in found) or "-"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("checkouts", nargs="*", type=Path, default=[Path()])
    parser.add_argument("--rounds", type=int, default=1)
    parser.add_argument("--only", default="demo,commands")
    options = parser.parse_args()
    scratch = Path(tempfile.mkdtemp(prefix="twiza-starts-"))
    checkouts = [Checkout(root, scratch / str(n)) for n, root in enumerate(options.checkouts)]
    try:
        for _round in range(options.rounds):
            for each in checkouts:
                if "demo" in options.only:
                    shutil.rmtree(each.folder, ignore_errors=True)
                each.measure_demo("twiza demo, first start" if "demo" in options.only else "start")
                each.measure_demo("twiza demo, second start")
                if "commands" in options.only:
                    each.measure_commands_and_serve()
        report(checkouts)
    finally:
        shutil.rmtree(scratch, ignore_errors=True)


if __name__ == "__main__":
    main()
