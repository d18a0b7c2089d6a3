"""What a demo costs that nobody uses, and how soon its worker hears of work; prints figures.

    twiza demo --port 8011 --data /tmp/world        # wait until its world is made
    TWIZA_DATA_DIR=/tmp/world python -m tests.load.idle --seconds 120 --events 40

Per process the share of one core (user and system time of ``/proc``) over the seconds. Then events
are published that a handler takes without effect (a listing is said to have changed), one after
another, and the milliseconds are printed from the commit to the end of what the handler did, which
stands in the record of its delivery.
"""

import argparse
import os
import statistics
import time
from collections import Counter
from datetime import datetime
from pathlib import Path

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from catalog.events import ListingPagesChanged
from catalog.models import ListingPage
from marketplace.core.events import publish
from marketplace.core.models import EventDelivery
from tests.demos import processes_of

HANDLER = "search.handlers.on_listing_pages_changed"
TICK = os.sysconf("SC_CLK_TCK")
ROLES = {"granian": "web", " worker": "worker", "fill_demo": "filling", " demo": "supervisor"}


def ticks_by_role(folder: Path) -> Counter[str]:
    """Processor ticks so far of a demo's processes, of PostgreSQL's in sum."""
    found: Counter[str] = Counter()
    for pid, line in processes_of(folder).items():
        if pid == os.getpid():
            continue
        role = next((name for word, name in ROLES.items() if word in line), "other")
        found[role] += _ticks(pid, with_ended=False)
    for pid in _postgres(folder):
        found["postgresql"] += _ticks(pid, with_ended=True)
    return found


def _postgres(folder: Path) -> list[int]:
    cluster, found = folder.resolve() / "postgres", []
    for entry in Path("/proc").iterdir():
        try:
            is_its = entry.name.isdigit() and (entry / "cwd").readlink() == cluster
        except OSError:
            continue
        if is_its:
            found.append(int(entry.name))
    return found


def _ticks(pid: int, *, with_ended: bool) -> int:
    """Its own ticks, and those of its children that have ended."""
    try:
        fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    except OSError:
        return 0
    return sum(map(int, fields[11 : 15 if with_ended else 13]))


def measure_idle(folder: Path, seconds: float) -> None:
    before, began = ticks_by_role(folder), time.monotonic()
    time.sleep(seconds)
    after, passed = ticks_by_role(folder), time.monotonic() - began
    for role in sorted(after):
        share = (after[role] - before[role]) / TICK / passed
        print(f"{role:12} {share * 100:6.2f} % of a core")


def measure_reaction(events: int) -> None:
    [listing] = ListingPage.objects.order_by("pk").values_list("listing_id", flat=True)[:1]
    waits = []
    for _ in range(events):
        with transaction.atomic():
            now = timezone.now()
            row = publish(
                ListingPagesChanged(aggregate_id=listing, occurred_at=now, listing_ids=[listing])
            )
        committed = timezone.now()
        while not (done := _delivered(row.pk)):
            time.sleep(0.2)
        waits.append((done - committed).total_seconds() * 1000)
        time.sleep(1.5)
    cut = statistics.quantiles(waits, n=20)
    print(f"delivered after  p50 {statistics.median(waits):.0f} ms, p95 {cut[-1]:.0f} ms, "
          f"at worst {max(waits):.0f} ms, of {events}")  # fmt: skip


def _delivered(event_id: int) -> datetime | None:
    rows = EventDelivery.objects.filter(event_id=event_id, handler=HANDLER)
    return rows.values_list("delivered_at", flat=True).get()


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--seconds", type=float, default=120)
    options.add_argument("--events", type=int, default=40)
    chosen = options.parse_args()
    measure_idle(settings.DATA_DIR, chosen.seconds)
    if chosen.events:
        measure_reaction(chosen.events)


if __name__ == "__main__":
    main()
