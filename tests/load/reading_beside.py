"""Pages of ours beside the same facts by Saleor's GraphQL, asked in turns on the same goods.

Ours is the whole page as a browser asks for it (``TWIZA_PUBLIC_URL``); Saleor's, of the one at
``SALEOR_API_URL``, is JSON alone, without what only our pages say (delivery to the door, filters
with their counts, reviews, other goods of the cooperative). Both sides must hold the same listings,
or it stops.

    python -m tests.load.reading_beside --times 40
"""

import argparse
import os
import time
from collections.abc import Callable, Iterator, Sequence
from typing import Any

import httpx
from django.conf import settings

from catalog.models import ListingPage
from marketplace.saleor import ids, instances

WARM_UP = 3
_CARD = """id name slug
  thumbnail(size: 512) { url }
  translation(languageCode: FR) { name }
  assignedAttribute(slug: "cooperative") {
    ... on AssignedSinglePageReferenceAttribute { value { slug title } } }
  pricing { priceRange { start { gross { amount currency } } } }"""
_CARDS = """{ products(first: 24, channel: "ma-mad"WHICH) {
  totalCount edges { node { CARD } } } }""".replace("CARD", _CARD)
_HOME = """{ products(first: 24, channel: "ma-mad",
  sortBy: {field: PUBLISHED_AT, direction: DESC}) {
  totalCount edges { node { CARD } } }
  categories(first: 30) { edges { node { slug translation(languageCode: FR) { name } } } } }
""".replace("CARD", _CARD)
_PRODUCT = """{ product(slug: "WHICH", channel: "ma-mad") { CARD
  description category { slug name translation(languageCode: FR) { name } }
  about: translation(languageCode: FR) { description }
  media { alt url(size: 1024) }
  assignedAttributes { attribute { slug }
    ... on AssignedPlainTextAttribute { text: value } }
  productVariants(first: 10) { edges { node { id name sku quantityAvailable
    pricing { price { gross { amount currency } } } } } }
} }""".replace("CARD", _CARD)


def timed(act: Callable[[], object], into: list[float]) -> None:
    """Do it, and note the milliseconds."""
    begun = time.monotonic()
    act()
    into.append((time.monotonic() - begun) * 1000)


def row(name: str, times: Sequence[float]) -> float:
    """p50 and p95 of a row; returns p50."""
    ordered = sorted(times)
    late = ordered[min(len(ordered) - 1, int(len(ordered) * 0.95))]
    print(
        f"| {name} | {len(ordered)} | {ordered[len(ordered) // 2]:.0f} | {late:.0f} |", flush=True
    )
    return ordered[len(ordered) // 2]


def pairs() -> Iterator[tuple[str, str, str]]:
    """What is read: its name, the path of our page, and the query of Saleor's."""
    page = ListingPage.objects.filter(is_published=True).order_by("listing_id").first()
    assert page is not None
    yield "home", "/ma/fr/", _HOME
    category = ids.global_id(ids.CATEGORY, ids.of_slug(ids.CATEGORY, page.category_slug))
    where = f', where: {{category: {{eq: "{category}"}}}}'
    yield "category", f"/ma/fr/category/{page.category_slug}/", _CARDS.replace("WHICH", where)
    yield "search", "/ma/fr/search/?q=miel", _CARDS.replace("WHICH", ', search: "miel"')
    reference = f'{{reference: {{pageSlugs: {{containsAny: ["{page.cooperative_slug}"]}}}}}}'
    where = f', where: {{attributes: [{{slug: "cooperative", value: {reference}}}]}}'
    yield (
        "cooperative",
        f"/ma/fr/cooperatives/{page.cooperative_slug}/",
        _CARDS.replace("WHICH", where),
    )
    yield "listing", f"/ma/fr/goods/{page.slug}/", _PRODUCT.replace("WHICH", page.slug)


def reading(times: int) -> None:
    """Each pair in turns, the first ones to warm up."""
    ours = httpx.Client(base_url=settings.PUBLIC_URL, trust_env=False, timeout=60)
    theirs = httpx.Client(trust_env=False, timeout=60)

    def page(path: str) -> None:
        ours.get(path, follow_redirects=True).raise_for_status()

    def asked(query: str) -> Any:
        answer = theirs.post(instances.api_url(), json={"query": query}).json()
        if answer.get("errors"):
            raise RuntimeError(answer["errors"])
        return next(iter(answer["data"].values()))

    both = (
        ListingPage.objects.filter(is_published=True).count(),
        asked(_CARDS.replace("WHICH", ""))["totalCount"],
    )
    print(f"listings: {both[0]} ours, {both[1]} at Saleor\n")
    if both[0] != both[1]:
        raise SystemExit("The two sides do not hold the same listings.")
    print("| what | times | p50 ms | p95 ms |\n|---|---|---|---|")
    for name, path, query in pairs():
        if not (known := asked(query)) or known.get("totalCount") == 0:
            raise SystemExit(f"Saleor knows nothing of this {name}.")
        mine: list[float] = []
        saleors: list[float] = []
        for number in range(times + WARM_UP):
            timed(lambda p=path: page(p), mine)  # type: ignore[misc]
            timed(lambda q=query: asked(q), saleors)  # type: ignore[misc]
            if number == WARM_UP - 1:
                mine.clear()
                saleors.clear()
        own = row(f"{name}: our page, whole", mine)
        theirs_p50 = row(f"{name}: Saleor's GraphQL", saleors)
        print(f"| {name}: times as fast, by p50 | | {theirs_p50 / own:.1f} | |", flush=True)


def main() -> None:
    """Read, and say how busy the machine was."""
    wanted = argparse.ArgumentParser(description=__doc__)
    wanted.add_argument("--times", type=int, default=40)
    before = os.getloadavg()[0]
    reading(wanted.parse_args().times)
    print(f"\nload {before:.0f} before, {os.getloadavg()[0]:.0f} after")


if __name__ == "__main__":
    main()
