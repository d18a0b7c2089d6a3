"""The query log: counts by day of what is searched and shown, without personal data.

A text that may contain personal data (an e-mail address, a long number) is not logged at all.
"""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from django.conf import settings
from django.db import connection
from django.db.models import Count, F, Sum
from django.utils import timezone

from search.language.normalizing import normalize
from search.models import ImpressionTally, SearchTally
from search.query import SearchQuery
from search.results import SearchResults

MAX_LOGGED_LENGTH = 80
# A query is suggested to others, and shown to cooperatives, once it was searched so often.
COMMON_FROM = 3
MAX_SUGGESTED = 10
MAX_ROWS = 200
_PERSONAL = re.compile(r"\d{6}|@|https?:|www\.")

_COUNT_SEARCH = """
    INSERT INTO search_searchtally AS known
        (day, market, language, text, searches, found_nothing, clicks, category)
    VALUES (%s, %s, %s, %s, 1, %s, 0, %s)
    ON CONFLICT (day, market, language, text) DO UPDATE SET
        searches = known.searches + 1,
        found_nothing = known.found_nothing + EXCLUDED.found_nothing,
        category = CASE WHEN EXCLUDED.category = '' THEN known.category ELSE EXCLUDED.category END
"""
_COUNT_IMPRESSIONS = """
    INSERT INTO search_impressiontally AS known (day, market, cooperative, region, impressions)
    SELECT %s, %s, t.* FROM unnest(%s::text[], %s::text[], %s::int[]) AS t
    ON CONFLICT (day, market, cooperative)
    DO UPDATE SET impressions = known.impressions + EXCLUDED.impressions
"""


@dataclass(frozen=True)
class QueryCounts:
    """A text, how often it was searched, found nothing, and led to a click."""

    text: str
    language: str
    searches: int
    found_nothing: int
    clicks: int


@dataclass(frozen=True)
class RegionImpressions:
    """How often a region's listings were on first pages, and of how many cooperatives."""

    region: str
    impressions: int
    cooperatives: int


def log_search(query: SearchQuery, results: SearchResults) -> None:
    """Count a buyer's search (its first page), and the cooperatives whose listings it showed."""
    if query.page > 1 or query.after:
        return
    today = timezone.localdate()
    if text := _loggable(query.text, results.normalized_text):
        categories = results.facets.get("categories", [])
        category = categories[0].value if categories and results.total else ""
        found_nothing = int(not results.total)
        with connection.cursor() as cursor:
            cursor.execute(
                _COUNT_SEARCH,
                [today, query.market, query.language, text, found_nothing, category],
            )
    _log_impressions(today, query.market, results)


def _log_impressions(today: date, market: str, results: SearchResults) -> None:
    listings = [hit.listing for hit in results.hits]
    counts = Counter(listing.cooperative_slug for listing in listings)
    regions = {listing.cooperative_slug: listing.region_code for listing in listings}
    if slugs := sorted(counts):
        columns = ([regions[slug] for slug in slugs], [counts[slug] for slug in slugs])
        with connection.cursor() as cursor:
            cursor.execute(_COUNT_IMPRESSIONS, [today, market, slugs, *columns])


def log_click(text: str, *, market: str, language: str) -> None:
    """Count that a search led to a listing."""
    if logged := loggable_text(text):
        SearchTally.objects.filter(
            day=timezone.localdate(), market=market, language=language, text=logged
        ).update(clicks=F("clicks") + 1)


def loggable_text(text: str) -> str:
    """The text as it is logged, empty if it must not be."""
    return _loggable(text, normalize(text))


def _loggable(text: str, normalized: str) -> str:
    is_refused = len(normalized) > MAX_LOGGED_LENGTH or _PERSONAL.search(text)
    return "" if is_refused else normalized


def common_queries(prefix: str, *, market: str, language: str) -> list[str]:
    """Queries of others that begin with a text and found something, the most common first."""
    rows = (
        SearchTally.objects.filter(
            market=market, language=language, text__startswith=normalize(prefix)
        )
        .values("text")
        .annotate(all=Sum("searches"), nothing=Sum("found_nothing"))
        .filter(all__gte=COMMON_FROM, nothing=0)
        .order_by("-all", "text")
    )
    return [row["text"] for row in rows[:MAX_SUGGESTED]]


def frequent_queries(
    *,
    since: date,
    categories: Sequence[str] = (),
    found_nothing: bool = False,
    at_least: int = 1,
) -> list[QueryCounts]:
    """Queries since a day that were searched at least so often, the most frequent first.

    ``categories`` keeps those that mostly found listings of them; ``found_nothing`` those that
    found nothing at some time, most often first.
    """
    rows = SearchTally.objects.filter(day__gte=since)
    if categories:
        rows = rows.filter(category__in=categories)
    summed = (
        rows.values("text", "language")
        .annotate(all=Sum("searches"), none=Sum("found_nothing"), clicked=Sum("clicks"))
        .filter(all__gte=at_least)
        .order_by("-all", "text")
    )
    if found_nothing:
        summed = summed.filter(none__gt=0).order_by("-none", "text")
    return [
        QueryCounts(row["text"], row["language"], row["all"], row["none"], row["clicked"])
        for row in summed[:MAX_ROWS]
    ]


def impressions_by_region(*, since: date) -> list[RegionImpressions]:
    """Which regions' listings searches showed since a day: what fairness is measured by."""
    rows = (
        ImpressionTally.objects.filter(day__gte=since)
        .values("region")
        .annotate(all=Sum("impressions"), cooperatives=Count("cooperative", distinct=True))
        .order_by("-all")
    )
    return [RegionImpressions(row["region"], row["all"], row["cooperatives"]) for row in rows]


def impressions_by_cooperative(*, first: date, last: date) -> dict[str, int]:
    """How often each cooperative's listings were on first pages in a period, by its slug."""
    rows = ImpressionTally.objects.filter(day__range=(first, last)).values("cooperative")
    return {row["cooperative"]: row["all"] for row in rows.annotate(all=Sum("impressions"))}


def purge(*, today: date | None = None) -> int:
    """Delete counts older than ``SEARCH_TALLY_DAYS``; returns how many rows."""
    before = (today or timezone.localdate()) - timedelta(days=settings.SEARCH_TALLY_DAYS)
    searches, _ = SearchTally.objects.filter(day__lt=before).delete()
    impressions, _ = ImpressionTally.objects.filter(day__lt=before).delete()
    return searches + impressions
