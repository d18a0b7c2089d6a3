"""Every address of a public page: asked before a move, and again after it.

    python -m tests.load.addresses before.json          # writes status and title of each
    python -m tests.load.addresses after.json --as before.json

Listings, cooperatives and categories of every market that shows them, each in one language in
turn, from the rows of this deployment; asked of ``TWIZA_PUBLIC_URL``.
"""

import argparse
import json
import re
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import httpx
from django.conf import settings

from catalog.markets import MARKETS
from catalog.models import ListingPage
from vendors.models import Cooperative, CooperativeStatus
from vendors.scoping import Crossing

LANGUAGES = ("ar", "fr", "en")
_TITLE = re.compile(r"<title>(.*?)</title>", re.DOTALL)


def addresses() -> list[str]:
    """Paths of pages, without the host."""
    listings = list(ListingPage.objects.order_by("slug").values_list("slug", flat=True).distinct())
    shown = Cooperative.objects.crossing(Crossing.OPERATOR_COMMAND)
    cooperatives = shown.filter(status=CooperativeStatus.ACTIVE).order_by("slug")
    categories = ListingPage.objects.order_by("category_slug").values_list(
        "category_slug", flat=True
    )
    market = MARKETS[0].code
    places = [
        "", "cooperatives/", "search/?q=miel", "basket/",
        *(f"goods/{slug}/" for slug in listings),
        *(f"cooperatives/{cooperative.slug}/" for cooperative in cooperatives),
        *(f"category/{slug}/" for slug in categories.distinct()),
    ]  # fmt: skip
    found = [f"/{market}/{LANGUAGES[n % 3]}/{place}" for n, place in enumerate(places)]
    return found + [f"/{m.code}/{language}/" for m in MARKETS[1:] for language in LANGUAGES]


def main() -> None:
    """Ask for all; with ``--as`` say what differs from before, and exit with 1 if anything does."""
    wanted = argparse.ArgumentParser(description=__doc__)
    wanted.add_argument("file", type=Path)
    wanted.add_argument("--as", dest="before", type=Path)
    options = wanted.parse_args()
    http = httpx.Client(base_url=settings.PUBLIC_URL, trust_env=False, timeout=120)
    before = json.loads(options.before.read_text()) if options.before else {}
    asked = list(before) or addresses()

    def ask(path: str) -> list[object]:
        answer = http.get(path, follow_redirects=True)
        title = _TITLE.search(answer.text)
        return [answer.status_code, title[1].strip() if title else ""]

    with ThreadPoolExecutor(3) as several:
        found = dict(zip(asked, several.map(ask, asked), strict=True))
    options.file.write_text(json.dumps(found, ensure_ascii=False, indent=1))
    answered = sum(status == 200 for status, _title in found.values())
    print(f"{answered} of {len(found)} addresses answer")
    if before:
        other = [path for path in asked if found[path] != before[path]]
        print(f"{len(other)} differ from before")
        for path in other[:20]:
            print(f"  {path}: {before[path]} → {found[path]}")
        sys.exit(bool(other))


if __name__ == "__main__":
    main()
