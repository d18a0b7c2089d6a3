"""How long the server takes for the pages of a large shop, without the network.

    TWIZA_DATA_DIR=/tmp/demo8000 uv run python -m tests.load.shop_pages [--listings 20000]

on the data of a demo that runs with all its stages done. Adds near misses (see ``search_shop``) up
to so many listings, which stay in that demo, and asks in turns for home, categories, searches,
listings and cooperatives, in French and Arabic, each address a few times and in an order drawn
once. Prints p50 and p95 of the milliseconds that passed and, where other programs keep the machine
busy, of this process's own processor time (PostgreSQL's is not in it).
"""

import argparse
import os
import random
import time
from itertools import islice

from django.conf import settings
from django.test import Client
from django.utils.http import urlencode

from catalog.categories import CATEGORIES
from catalog.models import ListingPage
from search.indexing.index import reindex
from tests.load.search_shop import near_misses, write
from vendors.queries.profiles import visible

SEED, EACH = 20261202, 40
WORDS = ("miel", "huile d'argan", "tapis", "safran", "عسل", "زيت الزيتون", "زربية", "couscous")
Addresses = dict[str, list[str]]


def grow(listings: int) -> None:
    """Add near misses until the shop has so many listings, and index them."""
    missing = listings - ListingPage.objects.count()
    if missing > 0:
        known = ListingPage.objects.filter(cooperative_slug__startswith="near-").count()
        write(islice(near_misses(known + missing), known, None))
        reindex()


def addresses() -> Addresses:
    """Addresses below a market and language, by kind of page."""
    chance = random.Random(SEED)
    slugs = list(ListingPage.objects.filter(is_published=True).values_list("slug", flat=True))
    presented = list(visible().values_list("slug", flat=True))
    return {
        "home": [""],
        "category": [f"category/{category.slug}/" for category in CATEGORIES],
        "search": [f"search/?{urlencode({'q': word})}" for word in WORDS],
        "listing": [f"goods/{slug}/" for slug in chance.sample(sorted(slugs), EACH)],
        "cooperative": [
            f"cooperatives/{slug}/"
            for slug in chance.sample(sorted(presented), min(EACH, len(presented)))
        ],
    }


def ask(client: Client, path: str) -> tuple[float, float]:
    """Milliseconds that passed, and of this process's processor."""
    passed, used = time.perf_counter(), time.process_time()
    status = client.get(path).status_code
    spent = time.perf_counter() - passed, time.process_time() - used
    # A listing that the market does not sell is no page there.
    if status not in (200, 404):
        raise SystemExit(f"{path} answered {status}")
    return spent[0] * 1000, spent[1] * 1000 if status == 200 else -1


def row(name: str, times: list[tuple[float, float]]) -> None:
    """A line of the table."""
    figures = []
    for values in zip(*times, strict=True):
        ordered = sorted(values)
        figures += [ordered[len(ordered) // 2], ordered[int(len(ordered) * 0.95)]]
    print(f"| {name} | {len(times)} | " + " | ".join(f"{each:.0f}" for each in figures) + " |")


def main() -> None:
    """Grow the shop, warm up, ask, and print."""
    arguments = argparse.ArgumentParser()
    arguments.add_argument("--listings", type=int, default=20_000)
    arguments.add_argument("--times", type=int, default=3)
    options = arguments.parse_args()
    settings.ALLOWED_HOSTS, settings.THROTTLES = ["*"], False
    grow(options.listings)
    client, chance = Client(), random.Random(SEED)
    print(f"{ListingPage.objects.count():,} listings; load {os.getloadavg()[0]:.1f}")
    print("| page | asked | p50 ms | p95 ms | processor p50 | p95 |\n|---|---|---|---|---|---|")
    for kind, paths in addresses().items():
        asked = [f"/ma/{lang}/{path}" for path in paths for lang in ("fr", "ar")]
        asked *= max(options.times, EACH // len(asked))
        chance.shuffle(asked)
        for path in asked[:5]:
            ask(client, path)
        row(kind, [spent for spent in (ask(client, path) for path in asked) if spent[1] >= 0])


if __name__ == "__main__":
    main()
