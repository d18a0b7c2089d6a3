"""How long a table of 10,000 products takes through the pages, and what memory the worker takes.

    uv run twiza demo --data /tmp/demo
    DJANGO_SETTINGS_MODULE=marketplace.settings \\
        uv run python -m tests.load.import_rows http://localhost:8000 --data /tmp/demo

Sends a CSV and an XLSX of so many rows as the demo's argan cooperative, has each checked and
imported by the worker, and prints a line at each fifth of the rows, then seconds, rows per second
and the worker's largest memory (``/proc``, Linux only). What is imported is undone again. Ends with
an error where a table took more than five minutes, or the memory went on growing: more than a fifth
from one fifth of the rows to the last.
"""

import argparse
import csv
import io
import re
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import NamedTuple

from openpyxl import Workbook

from tests.attacks.visitor import Visitor
from tests.demos import Demo

HEADINGS = ("Référence", "Désignation", "Description", "Prix (DH)", "Qté", "Poids (g)")
MOST_SECONDS = 300
MOST_GROWTH = 1.2
PAUSE_SECONDS = 0.3
_PROGRESS = re.compile(r'<progress max="(\d+)" value="(\d+)"')


@dataclass
class Watched:
    """A worker whose memory is read while it works: megabytes by rows done."""

    pid: int
    seen: dict[int, float] = field(default_factory=dict)

    @property
    def megabytes(self) -> float:
        """What it holds now."""
        return self._of("VmRSS")

    @property
    def peak(self) -> float:
        """The most that it has held."""
        return self._of("VmHWM")

    def forget_peak(self) -> None:
        """Let the kernel count anew."""
        Path(f"/proc/{self.pid}/clear_refs").write_text("5", encoding="ascii")

    def _of(self, name: str) -> float:
        status = Path(f"/proc/{self.pid}/status").read_text(encoding="ascii")
        return int(re.search(rf"{name}:\s+(\d+)", status)[1]) / 1024  # type: ignore[index]


class Sheet(NamedTuple):
    """The page of a cooperative's imports, and a file for it."""

    imports: str
    name: str
    content: bytes


def main() -> None:
    """Both tables, one after the other."""
    arguments = argparse.ArgumentParser()
    arguments.add_argument("url")
    arguments.add_argument("--data", type=Path, required=True)
    arguments.add_argument("--rows", type=int, default=10_000)
    options = arguments.parse_args()
    demo = Demo(int(options.url.rpartition(":")[2].strip("/")), options.data, None, "")
    worker, visitor = Watched(pid_of_worker(options.data)), Visitor(demo)
    visitor.sign_in("argan@twiza.example")
    home = str(visitor.get("/accounts/home/", follow_redirects=True).url.path)
    made = {"rows.csv": csv_of(options.rows), "rows.xlsx": xlsx_of(options.rows)}
    ended = [
        run(visitor, worker, Sheet(f"{home}imports/", name, made[name]), options.rows)
        for name in made
    ]
    sys.exit(not all(ended))


def pid_of_worker(data: Path) -> int:
    """The process of the demo's worker: the one of this data folder that runs ``worker``."""
    for process in Path("/proc").glob("[0-9]*"):
        try:
            command = (process / "cmdline").read_bytes().split(b"\0")
            environment = (process / "environ").read_bytes()
        except OSError:
            continue
        is_python = command[0].rpartition(b"/")[2].startswith(b"python")
        if is_python and b"worker" in command and str(data).encode() in environment:
            return int(process.name)
    sys.exit(f"No worker runs on {data}.")


def table(count: int) -> Iterator[tuple[object, ...]]:
    """The headings, then whole rows: each waits for review when it is imported."""
    yield HEADINGS
    for n in range(count):
        text = f"Récolté à la main, lot {n}. " * 6
        yield f"CH-{n}", f"Miel de thym, pot {n}", text, 80 + n % 90, 1 + n % 40, 650


def csv_of(count: int) -> bytes:
    """As a text, separated by semicolons."""
    text = io.StringIO()
    csv.writer(text, delimiter=";").writerows(table(count))
    return text.getvalue().encode()


def xlsx_of(count: int) -> bytes:
    """As a workbook."""
    book = Workbook(write_only=True)
    sheet = book.create_sheet("Produits")
    for row in table(count):
        sheet.append(row)
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def run(visitor: Visitor, worker: Watched, sheet: Sheet, rows: int) -> bool:
    """Send, check, import, undo; whether it was fast and even enough."""
    imports, name, content = sheet
    print(f"\n{name}: {rows} rows, {len(content) / 1e6:.1f} MB, worker {worker.megabytes:.0f} MB")
    worker.forget_peak()
    began = time.monotonic()
    sent = visitor.send_form(imports, {}, files={"file": (name, content, "")})
    place = sent.headers.get("Location") or sys.exit(f"{name} was answered {sent.status_code}")
    told("sent", time.monotonic() - began, rows)
    checked = wait(visitor, worker, place, rows)
    told("checked", checked, rows)
    visitor.send_form(f"{place}start/", {}, page=place)
    worker.seen.clear()
    imported = wait(visitor, worker, place, rows)
    told("imported", imported, rows)
    print(f"  worker at most {worker.peak:.0f} MB")
    told("list of all rows", seconds(lambda: visitor.get(f"{place}report.csv")), rows)
    told("undone", seconds(lambda: visitor.send_form(f"{place}undo/", {})), rows)
    told("list after that", seconds(lambda: visitor.get(f"{place}report.csv")), rows)
    held = list(worker.seen.values())
    is_even = not held or held[-1] <= held[0] * MOST_GROWTH
    return checked + imported <= MOST_SECONDS and is_even


def wait(visitor: Visitor, worker: Watched, place: str, rows: int) -> float:
    """Until the page says no more that work is under way; memory is noted at each fifth."""
    began = time.monotonic()
    while True:
        page = visitor.get(place)
        if "Refresh" not in page.headers:
            return time.monotonic() - began
        if found := _PROGRESS.search(page.text):
            part = int(found[2]) * 5 // rows * (rows // 5)
            if part and part not in worker.seen:
                worker.seen[part] = worker.megabytes
                print(f"  {part} rows: {worker.seen[part]:.0f} MB")
        time.sleep(PAUSE_SECONDS)


def seconds(act: Callable[[], object]) -> float:
    """How long an act takes."""
    began = time.monotonic()
    act()
    return time.monotonic() - began


def told(what: str, took: float, rows: int) -> None:
    """Print how long it took."""
    print(f"  {what}: {took:.1f} s, {rows / max(took, 0.001):.0f} rows/s", flush=True)


if __name__ == "__main__":
    main()
