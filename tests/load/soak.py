"""The demo world under everything at once, while parts of it are killed; prints figures.

Buyers buy, members and staff work, a table is imported again and again, twenty clients are slow,
and every two minutes a worker and the web process are killed. At the end no order that a buyer was
shown may be missing or doubled; nothing but cut connections and 503 with Retry-After may have been
answered; memory must not have grown; the shop's pages may take three times as long as when it was
quiet, at the 95th percentile. Exit status 1 when one of these does not hold.

    TWIZA_DEMO_SIZE=small twiza demo --port 8011 --data /tmp/soak
    python -m tests.load.soak --demo 8011:/tmp/soak --minutes 30
"""

import argparse
import sys
import threading
import time
from pathlib import Path

from tests.attacks.slow import KINDS, SlowClients
from tests.demos import Demo
from tests.load.soak_actors import (
    Figures,
    browse,
    buy_again_and_again,
    import_again_and_again,
    kill_now_and_then,
    measure_memory,
    work_as_member,
    work_as_staff,
)
from tests.load.soak_verdict import verdict

BUYERS, BROWSERS = 3, 2


def at_once(
    figures: Figures, demo: Demo, *, kill_every: float, folder: Path
) -> list[threading.Thread]:
    """Everybody who does something, started."""
    acts = [
        *[lambda n=n: buy_again_and_again(demo, figures, n) for n in range(BUYERS)],
        *[lambda: browse(demo, figures, figures.busy_pages) for _ in range(BROWSERS)],
        lambda: work_as_member(demo, figures),
        lambda: work_as_staff(demo, figures),
        lambda: import_again_and_again(demo, figures, folder),
        lambda: kill_now_and_then(demo, figures, kill_every),
        lambda: measure_memory(demo, figures),
    ]
    threads = [threading.Thread(target=act, daemon=True) for act in acts]
    for thread in threads:
        thread.start()
    return threads


def main() -> int:
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--demo", required=True, metavar="PORT:FOLDER")
    options.add_argument("--minutes", type=float, default=30)
    options.add_argument("--quiet-minutes", type=float, default=1)
    options.add_argument("--kill-every", type=float, default=120, metavar="SECONDS")
    options.add_argument("--slow", type=int, default=20)
    chosen = options.parse_args()
    port, _, folder = chosen.demo.partition(":")
    demo = Demo(int(port), Path(folder), None, "")
    figures = Figures()

    print(f"quiet for {chosen.quiet_minutes} min", flush=True)
    quiet = Figures(ends_at=time.monotonic() + chosen.quiet_minutes * 60)
    browse(demo, quiet, quiet.quiet_pages)
    figures.quiet_pages = quiet.quiet_pages

    print(f"everything at once for {chosen.minutes} min", flush=True)
    figures.ends_at = time.monotonic() + chosen.minutes * 60
    each = max(1, chosen.slow // len(KINDS))
    with SlowClients(demo.port, each=each) as slow:
        threads = at_once(figures, demo, kill_every=chosen.kill_every, folder=Path(folder))
        while figures.goes_on:
            time.sleep(5)
        for thread in threads:
            thread.join(timeout=180)
        print(f"slow clients: {slow.hanging} hanging; ended: {dict(slow.ended)}")
    return verdict(demo, figures)


if __name__ == "__main__":
    sys.exit(main())
