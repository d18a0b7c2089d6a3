"""Live very many random days of three phones without a network (see tests/offline/schedules).

The shipped scripts in Chromium, the real server, a database of its own; stops at the first fault
with its seed, which ``--first SEED --days 1`` lives again. Prints how many days a second it took.

    python -m tests.load.offline_schedules --days 10000 --first 1000 --acts 14
"""

import argparse
import os
import time
from collections import Counter

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "marketplace.settings")
# Playwright's loop runs in this thread, and so do the queries.
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"
import django

django.setup()

from django.conf import settings  # noqa: E402
from playwright.sync_api import sync_playwright  # noqa: E402

from tests.chromium import CHROMIUM  # noqa: E402
from tests.encryption_key import KEY  # noqa: E402
from tests.factories.vendors import make_member  # noqa: E402
from tests.load.books_sequences import own_database  # noqa: E402
from tests.offline.schedules.books import Day, faults  # noqa: E402
from tests.offline.schedules.day import live_a_day  # noqa: E402
from tests.offline.schedules.phone import Phone, make_phone  # noqa: E402
from tests.offline.schedules.server import served  # noqa: E402
from tests.orders.world import World, make_world  # noqa: E402
from tests.static_files import use_collected_static_files  # noqa: E402

EACH = 100
# Browsers grow, and so do the tables: both begin anew from time to time.
LONGEST = 250


def main() -> None:
    """Live the days and print what happened on them."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--days", type=int, default=10_000)
    parser.add_argument("--first", type=int, default=1_000)
    parser.add_argument("--acts", type=int, default=14)
    parser.add_argument("--minutes", type=float, default=0, help="stop after so long (0: never)")
    asked = parser.parse_args()
    settings.ENCRYPTION_KEYS, settings.THROTTLES = [KEY], False
    use_collected_static_files()
    ends = time.monotonic() + asked.minutes * 60 if asked.minutes else float("inf")
    started, seen = time.monotonic(), Counter[str]()
    first, last = asked.first, asked.first + asked.days
    while first < last and time.monotonic() < ends:
        first = _live(range(first, min(first + LONGEST, last)), asked.acts, ends, seen)
    took, days = time.monotonic() - started, seen["days"]
    print(f"{days} days from seed {asked.first}, faults: none, {days / took:.2f} a second")
    print(", ".join(f"{what} {times}" for what, times in seen.most_common()))


def _live(seeds: range, acts: int, ends: float, seen: Counter[str]) -> int:
    """Some days in a shop of their own; the seed that comes next."""
    # The queries of this block are of its loop: the database is dropped before that ends.
    with sync_playwright() as playwright, own_database(), served() as origin:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        world = make_world(rugs=12)
        members = [world.manager, make_member(world.weavers, "seller"), make_member(world.weavers)]
        phones = [
            make_phone(browser, f"phone {number}", member, origin, world.weavers.slug)
            for number, member in enumerate(members)
        ]
        for seed in seeds:
            if time.monotonic() > ends:
                return seed
            _note(world, phones, live_a_day(world, phones, seed, acts=acts), seed, seen)
        browser.close()
    return seeds.stop


def _note(world: World, phones: list[Phone], day: Day, seed: int, seen: Counter[str]) -> None:
    found = faults(day, phones)
    assert found == [], f"seed {seed}: {found}: {[one.said for one in day.done]}"
    seen["days"] += 1
    seen.update(one.said["kind"] for one in day.done)
    seen.update(row["state"] for phone in phones for row in phone.state()["rows"])
    seen["discarded"] += len(day.discarded)
    seen["with two at once or a reload"] += not day.is_ordered
    if seen["days"] % EACH == 0:
        print(f"{seen['days']} days, to seed {seed} ({world.weavers.slug})", flush=True)


if __name__ == "__main__":
    main()
