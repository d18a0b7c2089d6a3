"""Sitemaps and feeds of a large shop: seconds, bytes, and the memory of the process.

    uv run python tests/load/found_from_outside.py --data /tmp/outside --listings 200000

Fills a shop of its own with so many listings (see ``search_shop``), asks for the list of lists, one
list of a thousand listings and one feed, and prints a line for each. Every tenth listing gets a
photograph's address, so that the feed has something to say.
"""

import argparse
import resource
import sys
import time
from pathlib import Path
from typing import Any
from uuid import UUID

# Not as a part of ``tests.load``, which makes Django ready before the shop's database is known.
sys.path.insert(0, str(Path(__file__).resolve().parents[2]))
sys.path.insert(0, str(Path(__file__).parent))
from search_shop import fill, open_shop

PHOTO = "/media/photos/00000000-0000-0000-0000-000000000001.jpg"
# A tenth of all ids are below it.
TENTH = UUID(int=2**128 // 10)


def main() -> None:
    arguments = argparse.ArgumentParser()
    arguments.add_argument("--data", type=Path, required=True)
    arguments.add_argument("--listings", type=int, default=200_000)
    options = arguments.parse_args()
    open_shop(options.data, is_new=not options.data.exists())
    print(f"{fill(options.listings):,} listings")
    measure()


def measure() -> None:
    from django.conf import settings
    from django.core.cache import cache
    from django.test import Client

    from catalog.models import ListingPage

    settings.ALLOWED_HOSTS = ["*"]
    ListingPage.objects.filter(listing_id__lt=TENTH).update(media=[PHOTO])
    cache.delete("sitemap-sections")
    client = Client()
    index = timed(client, "/sitemap.xml")
    listed = next(part for part in index.split(b"<loc>") if b"/ma/listings-" in part)
    path = listed.partition(b"</loc>")[0].decode().partition("/sitemaps")[2]
    timed(client, "/sitemap.xml")
    timed(client, f"/sitemaps{path}")
    timed(client, "/ma/fr/feeds/google.xml")


def timed(client: Any, path: str) -> bytes:
    before, spent = time.perf_counter(), time.process_time()
    response = client.get(path)
    size, kept = 0, b""
    for chunk in response if response.streaming else [response.content]:
        size += len(chunk)
        kept = kept or chunk
    passed, used = time.perf_counter() - before, time.process_time() - spent
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(
        f"{path}: {response.status_code}, {size / 1e6:.1f} MB, {passed:.2f} s, of which "
        f"{used:.2f} s of this process; at most {memory:.0f} MB in memory"
    )
    return kept


if __name__ == "__main__":
    main()
