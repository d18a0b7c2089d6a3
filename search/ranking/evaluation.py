"""Evaluation by judged queries: nDCG@10, overall and by type and language.

A judged query names the goods (taxonomy slugs) that it should find. A listing of such goods has
gain 1, any other 0; the ideal order has as many of them in front as there are, at most ten.
"""

import csv
import math
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from typing import IO
from uuid import UUID

from catalog.markets import market_of
from catalog.models import ListingOffer, ListingPage
from search.query import SearchQuery
from search.ranking.misspelling import spelling_variants, with_typo
from search.search import search

DEPTH = 10
COLUMNS = ("query", "lang", "expected_slugs", "type")
_PAGE_LANGUAGES = {"ar": "ar", "fr": "fr", "en": "en"}


class InvalidQueryFile(ValueError):
    """The file lacks a column of judged queries."""


@dataclass(frozen=True)
class JudgedQuery:
    """A query, the language and type it is counted by, and the goods that it should find."""

    text: str
    language: str
    kind: str
    expected: frozenset[str]


@dataclass(frozen=True)
class QueryScore:
    """The nDCG@10 of a judged query; None if the shop has none of its goods."""

    query: JudgedQuery
    ndcg: float | None


@dataclass
class Evaluation:
    """The scores of all queries, and their means."""

    scores: list[QueryScore] = field(default_factory=list)

    @property
    def unanswerable(self) -> int:
        """How many queries are for goods that nobody sells; they are left out of the means."""
        return sum(score.ndcg is None for score in self.scores)

    @property
    def overall(self) -> float | None:
        """The mean over all queries whose goods are sold; None if there are none."""
        return _mean(self.scores)

    def by(self, key: Callable[[JudgedQuery], str]) -> dict[str, dict[str, float | int | None]]:
        """Means and numbers of queries by type, language or whatever ``key`` returns."""
        groups: dict[str, list[QueryScore]] = defaultdict(list)
        for score in self.scores:
            if score.ndcg is not None:
                groups[key(score.query)].append(score)
        # The names are those of the command's output.
        return {
            k: {"ndcg": _mean(each), "questions": len(each)} for k, each in sorted(groups.items())
        }


def read_queries(file: IO[str]) -> list[JudgedQuery]:
    """Queries of a CSV file with ``query lang expected_slugs type``; slugs separated by ``|``.

    Raises InvalidQueryFile when a column is missing.
    """
    table = csv.DictReader(file)
    if missing := [c for c in COLUMNS if c not in (table.fieldnames or ())]:
        raise InvalidQueryFile(f"The file lacks the columns {', '.join(missing)}.")
    return [
        JudgedQuery(
            row["query"], row["lang"], row["type"], frozenset(row["expected_slugs"].split("|"))
        )
        for row in table
    ]


def evaluate(
    queries: Iterable[JudgedQuery],
    *,
    market: str = "ma",
    with_synonyms: bool = True,
    progress: Callable[[int], None] | None = None,
) -> Evaluation:
    """Search for every query in a market and judge the hits."""
    stock = _listings_by_taxonomy(market)
    evaluation = Evaluation()
    for query in queries:
        found = _ndcg_of(query, market, stock, with_synonyms=with_synonyms)
        evaluation.scores.append(QueryScore(query, found))
        if progress:
            progress(len(evaluation.scores))
    return evaluation


def ndcg(gains: Sequence[int], ideal_count: int) -> float:
    """Discounted gain of the first ten hits against the best order of ``ideal_count`` good ones."""
    best = _discounted([1] * min(ideal_count, DEPTH))
    return _discounted(gains[:DEPTH]) / best if best else 0.0


def mistyped(queries: Iterable[JudgedQuery], *, seed: int) -> list[JudgedQuery]:
    """The queries with one typing error each, as queries of type ``typo``."""
    changed = [(query, with_typo(query.text, seed=seed)) for query in queries]
    return [
        JudgedQuery(text, query.language, "typo", query.expected)
        for query, text in changed
        if text != query.text
    ]


def spelling_stability(
    queries: Iterable[JudgedQuery], *, market: str = "ma"
) -> dict[str, float | int]:
    """For how many spellings of Arabic queries the first ten hits are those of the plain form."""
    same = spellings = 0
    for query in queries:
        variants = spelling_variants(query.text)
        if not variants:
            continue
        plain = _first_ten(query.text, market)
        spellings += len(variants)
        same += sum(_first_ten(text, market) == plain for text in variants)
    return {"spellings": spellings, "same_top_10": round(same / spellings, 4) if spellings else 1.0}


def _first_ten(text: str, market: str) -> list[UUID]:
    query = SearchQuery(text=text, language="ar", market=market, page_size=DEPTH)
    return [hit.listing.listing_id for hit in search(query).hits]


def _ndcg_of(
    judged: JudgedQuery, market: str, stock: dict[str, int], *, with_synonyms: bool
) -> float | None:
    ideal = sum(stock.get(slug, 0) for slug in judged.expected)
    if not ideal:
        return None
    query = SearchQuery(
        text=judged.text,
        language=_PAGE_LANGUAGES.get(judged.language, "ar"),
        market=market,
        page_size=DEPTH,
        with_synonyms=with_synonyms,
    )
    gains = [int(hit.listing.taxonomy_slug in judged.expected) for hit in search(query).hits]
    return ndcg(gains, ideal)


def _listings_by_taxonomy(market: str) -> dict[str, int]:
    channel = market_of(market).channel_slug
    sold = ListingOffer.objects.filter(channel_slug=channel).values("page_id")
    rows = ListingPage.objects.filter(is_published=True, listing_id__in=sold).exclude(
        taxonomy_slug=""
    )
    return Counter(rows.values_list("taxonomy_slug", flat=True))


def _discounted(gains: Sequence[int]) -> float:
    return sum(gain / math.log2(position + 2) for position, gain in enumerate(gains))


def _mean(scores: Iterable[QueryScore]) -> float | None:
    known = [score.ndcg for score in scores if score.ndcg is not None]
    return round(sum(known) / len(known), 4) if known else None
