"""The query log: counts by day of what is searched and shown, without personal data.

A text that may contain personal data (an e-mail address, a long number) is not logged at all. What
others are shown of it (``common_queries``, ``queries_in_categories``) is counted by visitors, once
a day each, who found listings with all its words; and it has only words that a listing has.
"""

import re
import unicodedata
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from django.conf import settings
from django.contrib.postgres.aggregates import ArrayAgg
from django.db import connection
from django.db.models import Count, F, Sum
from django.utils import timezone

from search import visitors
from search.blocked_phrases import blocked_phrases
from search.catalogue_words import catalogue_spelling
from search.language.normalizing import normalize
from search.models import ImpressionTally, SearchTally
from search.query import SearchQuery
from search.results import SearchResults

MAX_LOGGED_LENGTH = 80
# A query is suggested to others, and shown to cooperatives, once so many visitors searched it.
COMMON_FROM = 3
MAX_SUGGESTED = 10
MAX_LISTINGS = 3
MAX_ROWS = 200
_MAX_DIGITS = 5
_PERSONAL = re.compile(r"@|https?:|www\.")

_COUNT_SEARCH = """
    WITH visit AS (
        INSERT INTO search_seenvisit (day, digest)
        SELECT %(day)s, %(digest)s WHERE %(digest)s::bytea IS NOT NULL
        ON CONFLICT DO NOTHING RETURNING 1
    )
    INSERT INTO search_searchtally AS known
        (day, market, language, text, searches, visitors, listing_id, found_nothing, clicks,
        category)
    SELECT %(day)s, %(market)s, %(language)s, %(text)s, 1, (SELECT count(*) FROM visit),
        %(listing_id)s, %(found_nothing)s, 0, %(category)s
    ON CONFLICT (day, market, language, text) DO UPDATE SET
        searches = known.searches + 1,
        visitors = known.visitors + EXCLUDED.visitors,
        listing_id = COALESCE(EXCLUDED.listing_id, known.listing_id),
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
    """A text, how often it was searched, by how many visitors, found nothing, led to a click."""

    text: str
    language: str
    searches: int
    visitors: int
    found_nothing: int
    clicks: int


@dataclass(frozen=True)
class RegionImpressions:
    """How often a region's listings were on first pages, and of how many cooperatives."""

    region: str
    impressions: int
    cooperatives: int


def log_search(query: SearchQuery, results: SearchResults, *, visitor: str) -> None:
    """Count a buyer's search (its first page), and the cooperatives whose listings it showed.

    ``visitor`` is what tells visitors apart for a day; it is empty for a robot, of which nothing is
    counted.
    """
    if query.page > 1 or query.after or not visitor:
        return
    today = timezone.localdate()
    if text := _loggable(query.text, results.normalized_text):
        categories = results.facets.get("categories", [])
        found_all = bool(results.total) and not results.is_relaxed
        shown = (hit.listing for hit in results.hits)
        spelt = catalogue_spelling(text, shown) if found_all else None
        where = (query.market, query.language, text)
        counted: dict[str, Any] = {
            "day": today,
            "market": query.market,
            "language": query.language,
            "text": text,
            "digest": visitors.visit_digest(today, visitor, *where) if spelt else None,
            "listing_id": spelt.listing_id if spelt else None,
            "found_nothing": int(not results.total),
            "category": categories[0].value if categories and results.total else "",
        }
        with connection.cursor() as cursor:
            cursor.execute(_COUNT_SEARCH, counted)
    _log_impressions(today, query.market, results)


def _log_impressions(today: date, market: str, results: SearchResults) -> None:
    listings = [hit.listing for hit in results.hits]
    counts = Counter(listing.cooperative_slug for listing in listings)
    regions = {listing.cooperative_slug: listing.region_code for listing in listings}
    if slugs := sorted(counts):
        columns = ([regions[slug] for slug in slugs], [counts[slug] for slug in slugs])
        with connection.cursor() as cursor:
            cursor.execute(_COUNT_IMPRESSIONS, [today, market, slugs, *columns])


def log_click(text: str, *, market: str, language: str, visitor: str) -> None:
    """Count that a search led to a listing; once a day for each visitor, never for a robot."""
    logged = loggable_text(text)
    if not logged or not visitor:
        return
    today = timezone.localdate()
    digest = visitors.visit_digest(today, visitor, "click", market, language, logged)
    if visitors.is_first_visit(today, digest):
        SearchTally.objects.filter(day=today, market=market, language=language, text=logged).update(
            clicks=F("clicks") + 1
        )


def loggable_text(text: str) -> str:
    """The text as it is logged, empty if it must not be."""
    return _loggable(text, normalize(text))


def _loggable(text: str, normalized: str) -> str:
    digits = sum(character.isdigit() for character in normalized)
    is_personal = digits > _MAX_DIGITS or _PERSONAL.search(unicodedata.normalize("NFKC", text))
    return "" if len(normalized) > MAX_LOGGED_LENGTH or is_personal else normalized


def common_queries(prefix: str, *, market: str, language: str) -> dict[str, list[UUID]]:
    """Queries of several visitors that begin with a text, the most common first, normalized.

    With each a few listings that had its words, the latest first.

    Those with a phrase that staff blocked are left out. Whether listings still have the words is
    for the caller to check: they had them when they were searched.
    """
    rows = (
        SearchTally.objects.filter(
            market=market, language=language, text__startswith=normalize(prefix), visitors__gt=0
        )
        .values("text")
        .annotate(all=Sum("visitors"), listings=ArrayAgg("listing_id", order_by="-day"))
        .filter(all__gte=COMMON_FROM)
        .order_by("-all", "text")
    )
    found = {row["text"]: row["listings"] for row in rows[:MAX_SUGGESTED]}
    blocked = blocked_phrases() if found else None
    return {
        text: [key for key in dict.fromkeys(listings) if key][:MAX_LISTINGS]
        for text, listings in found.items()
        if blocked and not blocked.are_in(text)
    }


def queries_in_categories(*, since: date, categories: Sequence[str]) -> list[QueryCounts]:
    """Queries of several visitors since a day that mostly found listings of some categories."""
    rows = SearchTally.objects.filter(day__gte=since, category__in=categories, visitors__gt=0)
    blocked = blocked_phrases()
    found = _summed(rows).filter(people__gte=COMMON_FROM).order_by("-people", "text")
    return [row for row in _counts(found) if not blocked.are_in(row.text)]


def frequent_queries(*, since: date, found_nothing: bool = False) -> list[QueryCounts]:
    """Queries since a day as they were typed, for staff, the most frequent first.

    ``found_nothing`` keeps those that found nothing at some time, most often first.
    """
    summed = _summed(SearchTally.objects.filter(day__gte=since)).order_by("-all", "text")
    if found_nothing:
        summed = summed.filter(none__gt=0).order_by("-none", "text")
    return _counts(summed)


def _summed(rows: Any) -> Any:
    return rows.values("text", "language").annotate(
        all=Sum("searches"),
        people=Sum("visitors"),
        none=Sum("found_nothing"),
        clicked=Sum("clicks"),
    )


def _counts(summed: Any) -> list[QueryCounts]:
    columns = ("text", "language", "all", "people", "none", "clicked")
    return [QueryCounts(*row) for row in summed.values_list(*columns)[:MAX_ROWS]]


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
    """Delete counts older than ``SEARCH_TALLY_DAYS``, and what told visitors apart before today.

    Returns how many rows.
    """
    seen = visitors.discard_before(today or timezone.localdate())
    before = (today or timezone.localdate()) - timedelta(days=settings.SEARCH_TALLY_DAYS)
    searches, _ = SearchTally.objects.filter(day__lt=before).delete()
    impressions, _ = ImpressionTally.objects.filter(day__lt=before).delete()
    return searches + impressions + seen
