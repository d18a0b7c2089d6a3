"""How long a buyer's confirmation takes while bulk work goes on; prints seconds for each order.

    twiza demo --port 8011 --data /tmp/world
    python -m tests.load.mail_beside_bulk --demo 8011:/tmp/world --rows 2000 --orders 5

A table of many products is imported, whose events the worker handles in the bulk queue, and staff
ask for a long file again and again, which the worker computes. Meanwhile orders are placed in the
shop, one after another, and the demo's outbox is looked at until each buyer's mail is there. Only
an order that was placed and told while the import went on counts. Exit status 1 when a mail took
longer than ten seconds, or when the import ended too early.
"""

import argparse
import csv
import os
import re
import statistics
import subprocess
import sys
import threading
import time
from collections import Counter
from pathlib import Path
from typing import NamedTuple

import httpx

from tests.attacks.visitor import Visitor
from tests.demos import Demo
from tests.load import soak_actors
from tests.load.forms import Unexpected, get
from tests.load.soak_actors import MEMBER_SLUG, PROGRAMME, STAFF, Figures, buy

MOST_SECONDS = 10.0
PATIENCE_SECONDS = 300
COLUMNS = (
    "key", "name_fr", "description_fr", "category", "weight_grams", "quantity", "price_ma-mad",
)  # fmt: skip


class Told(NamedTuple):
    """Seconds from the page that thanks to the mail, and whether bulk work went on throughout."""

    seconds: float
    beside_bulk: bool


def write_table(path: Path, rows: int) -> None:
    """A table of products with keys of their own."""
    with path.open("w", newline="", encoding="utf-8") as file:
        table = csv.writer(file)
        table.writerow(COLUMNS)
        for row in range(rows):
            key = f"mail-{os.getpid()}-{row}"
            table.writerow([key, f"Miel {row}", "Récolté en juillet.", "honey", 400, 50, "95.00"])


def begin_import(demo: Demo, rows: int) -> "subprocess.Popen[bytes]":
    """An import in a process of its own, as an operator runs it."""
    table = demo.folder / "mail_beside_bulk.csv"
    write_table(table, rows)
    command = [sys.executable, "-m", "marketplace", "import-listings", str(table)]
    return subprocess.Popen(
        [*command, "--cooperative", MEMBER_SLUG, "--data", str(demo.folder)],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )


def ask_again_and_again(demo: Demo, stop: threading.Event, looks: Counter[str]) -> None:
    """The long file of the indicators; one that is under way is not begun again.

    Counts whether it was under way.
    """
    page = f"/staff/{PROGRAMME}/impact/"
    with Visitor(demo) as visitor:
        visitor.sign_in(STAFF)
        while not stop.is_set():
            try:
                chosen = {"period": "12", "by": "region"}
                begun = visitor.send_form(f"{page}details/", chosen, page=page)
                shown = get(visitor, begun.headers["Location"])
                looks["under way" if "refresh" in shown.headers else "ended"] += 1
            except (Unexpected, KeyError, httpx.TransportError) as error:
                looks[f"{error}"] += 1
            stop.wait(2)


def told_by_mail(demo: Demo, email: str) -> None:
    """Wait until the outbox shows a mail to somebody; raises Unexpected when none comes."""
    until = time.monotonic() + PATIENCE_SECONDS
    with Visitor(demo) as visitor:
        while time.monotonic() < until:
            if re.search(re.escape(email), get(visitor, "/demo/outbox/").text):
                return
            time.sleep(0.1)
    raise Unexpected(f"no mail to {email}")


def order(demo: Demo, number: int, bulk: "subprocess.Popen[bytes]") -> Told:
    """Place an order, and wait for its mail."""
    email = f"mail-{os.getpid()}-{number}@example.org"
    with Visitor(demo) as visitor:
        buy(visitor, Figures(ends_at=float("inf")), email)
    began = time.monotonic()
    told_by_mail(demo, email)
    return Told(time.monotonic() - began, bulk.poll() is None)


def main() -> int:
    """Run it, and print the figures."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--demo", required=True, metavar="PORT:FOLDER")
    options.add_argument("--rows", type=int, default=2000)
    options.add_argument("--orders", type=int, default=5)
    chosen = options.parse_args()
    port, _, folder = chosen.demo.partition(":")
    demo = Demo(int(port), Path(folder), None, "")
    # Nobody thinks: the clock starts with the page that thanks.
    soak_actors.THINKS_SECONDS = (0.0, 0.0)
    bulk, stop, looks = begin_import(demo, chosen.rows), threading.Event(), Counter[str]()
    asking = threading.Thread(target=ask_again_and_again, args=(demo, stop, looks), daemon=True)
    asking.start()
    try:
        time.sleep(15)  # until the import has read its table and sends
        told = [order(demo, number, bulk) for number in range(chosen.orders)]
    finally:
        stop.set()
        bulk.terminate()
        bulk.wait()
    for one in told:
        print(f"{one.seconds:6.2f} s{'' if one.beside_bulk else '  (the import had ended)'}")
    beside = [one.seconds for one in told if one.beside_bulk]
    if not beside:
        print("The import ended before any order: give it more rows.")
        return 1
    middle, slowest = statistics.median(beside), max(beside)
    print(f"{len(beside)} orders beside an import: median {middle:.2f} s, slowest {slowest:.2f} s")
    print(f"the long file of staff, at each look: {dict(looks)}")
    print(f"load of the machine {os.getloadavg()[0]:.1f}")
    return 1 if slowest > MOST_SECONDS or len(beside) < len(told) else 0


if __name__ == "__main__":
    sys.exit(main())
