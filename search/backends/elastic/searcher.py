"""One search on the server: match, count, and rank the first documents."""

from dataclasses import dataclass
from typing import Any

from elasticsearch.dsl import Search
from elasticsearch.dsl.query import Bool, Query

from search.backends.elastic.aggregations import counts_of, facet_counts
from search.backends.elastic.ordering import ROUNDING, Hits, ranked, ranked_in_step
from search.backends.elastic.query_dsl import (
    all_but,
    at_least,
    filters_of,
    hits_request,
    signals,
    sold_in,
)
from search.backends.elastic.server import alias, execute, server
from search.backends.elastic.sort_order import sort_field
from search.backends.elastic.text_query import coverage_queries, required_groups, word_query
from search.backends.interface import Matches, RankedDocument
from search.language.query_plan import RELAXED_SHARE, SCORE_STEP, QueryPlan, TermGroup
from search.query import SearchQuery

# How many more hits are read than asked for: the order within a step is decided here.
_BEYOND = 100
# The server scores in single precision.
_SLIGHTLY_LESS = 1 - 1e-6


@dataclass(frozen=True)
class Match:
    """The conditions for a document, and the queries that score it.

    ``words`` must match and is empty when no words were typed; ``coverage`` adds to the score.
    """

    conditions: tuple[Query, ...]
    words: tuple[Query, ...] = ()
    coverage: tuple[Query, ...] = ()


class Searcher:
    """A search for the first ``limit`` documents in a query's order, and for all counts."""

    def __init__(self, query: SearchQuery, plan: QueryPlan, limit: int) -> None:
        self.query, self.plan, self.limit = query, plan, limit
        self.filters = filters_of(query)
        self.sold = sold_in(query.market)

    def found(self) -> Matches:
        """Documents with all the words; if there are none, those with some of them."""
        match, is_relaxed = self._match(), False
        response = self._execute(match)
        matched_count = response["aggregations"]["matched"]["doc_count"]
        if not matched_count and len(required_groups(self.plan)) > 1:
            match, is_relaxed = self._relaxed_match(), True
            response = self._execute(match)
        found = counts_of(response["aggregations"])
        found.is_relaxed = is_relaxed
        found.documents = self._ranked(match, response["hits"]["hits"])
        if is_relaxed and found.documents:
            found.missing_words = self._missing_words(found.documents[0])
        return found

    def _match(self) -> Match:
        if not self.plan.groups:
            return Match((self.sold,))
        words = word_query(self.plan, all_words=True)
        return Match((self.sold,), (words,), tuple(coverage_queries(self.plan)))

    def _relaxed_match(self) -> Match:
        """Documents that score nearly as much as the best of those with any of the words."""
        words = word_query(self.plan, all_words=False)
        search = (
            Search().query(Bool(filter=self.sold, must=words)).source(fields=False).extra(size=1)
        )
        best = execute(search.to_dict())["hits"]["max_score"] or 0.0
        enough = at_least(words, RELAXED_SHARE * best * _SLIGHTLY_LESS)
        return Match((self.sold, enough), (words,), tuple(coverage_queries(self.plan)))

    def _execute(self, match: Match) -> Any:
        """Count everything, and read the first hits and some more."""
        should = [*match.coverage, signals(self.query)]
        query = Bool(filter=match.conditions, must=match.words, should=should)
        hits = hits_request(self.query, query, size=self.limit + _BEYOND)
        return execute(hits | facet_counts(self.query.market, self.filters))

    def _ranked(self, match: Match, hits: Hits) -> list[RankedDocument]:
        """The first documents in their final order."""
        documents = ranked(self.query, hits)
        by_relevance = match.words and not sort_field(self.query)
        if by_relevance and len(hits) >= self.limit + _BEYOND:
            step = documents[self.limit - 1].score_step
            if hits[-1]["_score"] >= step * SCORE_STEP - ROUNDING:
                documents = self._with_whole_step(documents, match, step)
        return documents[: self.limit]

    def _with_whole_step(
        self, documents: list[RankedDocument], match: Match, step: int
    ) -> list[RankedDocument]:
        """The documents down to ``step``, completed with those of it that were not read."""
        score = Bool(must=match.words, should=match.coverage)
        reached = at_least(score, (step - ROUNDING) * SCORE_STEP)
        query = Bool(
            filter=[*match.conditions, all_but(self.filters), reached],
            must=signals(self.query),
        )
        response = execute(hits_request(self.query, query, size=2 * self.limit + _BEYOND))
        others = ranked_in_step(self.query, response["hits"]["hits"], step)
        kept = [one for one in documents if one.score_step >= step]
        known = {one.raw_id for one in documents}
        kept += [one for one in others if one.raw_id not in known]
        return sorted(kept, key=lambda document: document.sort_key)

    def _missing_words(self, document: RankedDocument) -> tuple[str, ...]:
        """The words of the query that a document lacks."""
        stored = server().get(index=alias(), id=str(document.listing_id), source_includes=["words"])
        stems = set(stored["_source"]["words"])
        return tuple(
            group.text for group in required_groups(self.plan) if not _has_group(group, stems)
        )


def _has_group(group: TermGroup, stems: set[str]) -> bool:
    return any(
        all(any(stem in stems for stem, _ in term.spellings) for term in alternative.terms)
        for alternative in group.alternatives
    )
