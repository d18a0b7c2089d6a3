"""What people look for: counts by day, without anything that tells who.

A text that may hold personal data (an address of e-mail, a long number) is not kept at all.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.conf import settings
from django.db import connection
from django.db.models import Count, F, Sum
from django.utils import timezone

from search.language.normalizing import fold
from search.models import SearchTally, ShownTally
from search.query import SearchQuery
from search.results import SearchResults

LONGEST = 80
# A query is offered to others once it was asked so often.
COMMON_FROM = 3
_PERSONAL = re.compile(r"\d{6}|@|https?:|www\.")

_COUNT = """
    INSERT INTO search_searchtally AS known
        (day, market, language, text, searches, found_nothing, clicks, category)
    VALUES (%s, %s, %s, %s, 1, %s, 0, %s)
    ON CONFLICT (day, market, language, text) DO UPDATE SET
        searches = known.searches + 1,
        found_nothing = known.found_nothing + EXCLUDED.found_nothing,
        category = CASE WHEN EXCLUDED.category = '' THEN known.category ELSE EXCLUDED.category END
"""
_SHOWN = """
    INSERT INTO search_showntally AS known (day, market, cooperative, region, is_new, shown)
    SELECT %s, %s, t.cooperative, t.region, FALSE, t.shown
    FROM unnest(%s::text[], %s::text[], %s::int[]) AS t(cooperative, region, shown)
    ON CONFLICT (day, market, cooperative) DO UPDATE SET shown = known.shown + EXCLUDED.shown
"""


@dataclass(frozen=True)
class Wanted:
    """A text, how often it was searched, found nothing, and led to a click."""

    text: str
    language: str
    searches: int
    found_nothing: int
    clicks: int


def note_search(query: SearchQuery, found: SearchResults) -> None:
    """Count a search by a person (its first page), and whose goods it showed."""
    today = timezone.localdate()
    text = kept_text(query.text)
    if query.page > 1 or query.after:
        return
    if text:
        shelves = found.facets.get("categories", [])
        shelf = shelves[0].value if shelves and found.total else ""
        values: list[Any] = [today, query.market, query.language, text, int(not found.total), shelf]
        with connection.cursor() as cursor:
            cursor.execute(_COUNT, values)
    _note_shown(today, query.market, found)


def _note_shown(today: date, market: str, found: SearchResults) -> None:
    makers: dict[str, tuple[str, int]] = {}
    for hit in found.hits:
        page = hit.listing
        _, count = makers.get(page.cooperative_slug, ("", 0))
        makers[page.cooperative_slug] = (page.region_code, count + 1)
    if makers:
        slugs = sorted(makers)
        columns: Sequence[list[str] | list[int]] = (
            slugs,
            [makers[slug][0] for slug in slugs],
            [makers[slug][1] for slug in slugs],
        )
        with connection.cursor() as cursor:
            cursor.execute(_SHOWN, [today, market, *columns])


def note_click(text: str, *, market: str, language: str) -> None:
    """Count that a search led to a listing."""
    if kept := kept_text(text):
        SearchTally.objects.filter(
            day=timezone.localdate(), market=market, language=language, text=kept
        ).update(clicks=F("clicks") + 1)


def kept_text(text: str) -> str:
    """The text as it is counted, empty if it must not be kept."""
    folded = fold(text)
    return "" if len(folded) > LONGEST or _PERSONAL.search(text) else folded


def common_queries(begun: str, *, market: str, language: str) -> list[str]:
    """What others asked that begins so and found something, the commonest first."""
    rows = (
        SearchTally.objects.filter(market=market, language=language, text__startswith=fold(begun))
        .values("text")
        .annotate(all=Sum("searches"), nothing=Sum("found_nothing"))
        .filter(all__gte=COMMON_FROM, nothing=0)
        .order_by("-all", "text")
    )
    return [row["text"] for row in rows[:10]]


def wanted(
    *,
    since: date,
    markets: Sequence[str] = (),
    categories: Sequence[str] = (),
    nothing: bool = False,
    at_least: int = 1,
) -> list[Wanted]:
    """What was searched since a day, the commonest first; ``nothing``: what found nothing.

    ``at_least``: only texts that were searched so often.
    """
    rows = SearchTally.objects.filter(day__gte=since)
    if markets:
        rows = rows.filter(market__in=markets)
    if categories:
        rows = rows.filter(category__in=categories)
    summed = rows.values("text", "language").annotate(
        all=Sum("searches"), none=Sum("found_nothing"), hits=Sum("clicks")
    )
    summed = summed.filter(all__gte=at_least)
    if nothing:
        summed = summed.filter(none__gt=0).order_by("-none", "text")
    else:
        summed = summed.order_by("-all", "text")
    return [
        Wanted(row["text"], row["language"], row["all"], row["none"], row["hits"])
        for row in summed[:200]
    ]


@dataclass(frozen=True)
class Share:
    """How often a region's goods stood on first pages, and of how many cooperatives."""

    region: str
    shown: int
    cooperatives: int


def shares(*, since: date) -> list[Share]:
    """Whose goods searches showed since a day, by region: what fairness is measured by."""
    rows = (
        ShownTally.objects.filter(day__gte=since)
        .values("region")
        .annotate(all=Sum("shown"), makers=Count("cooperative", distinct=True))
        .order_by("-all")
    )
    return [Share(row["region"], row["all"], row["makers"]) for row in rows]


def times_shown(*, first: date, last: date) -> dict[str, int]:
    """How often each cooperative's goods stood on first pages in a period, by its slug."""
    rows = ShownTally.objects.filter(day__range=(first, last)).values("cooperative")
    return {row["cooperative"]: row["all"] for row in rows.annotate(all=Sum("shown"))}


def purge(*, today: date | None = None) -> int:
    """Forget counts older than the retention (``SEARCH_TALLY_DAYS``); returns how many rows."""
    before = (today or timezone.localdate()) - timedelta(days=settings.SEARCH_TALLY_DAYS)
    old, _ = SearchTally.objects.filter(day__lt=before).delete()
    older, _ = ShownTally.objects.filter(day__lt=before).delete()
    return old + older
