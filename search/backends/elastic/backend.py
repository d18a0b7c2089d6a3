"""Find on the server; order its first documents by the arithmetic that both backends share."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from catalog.markets import market_of
from search.backends.elastic import asking, words, writing
from search.backends.elastic.ordering import ordered, same_step
from search.backends.elastic.server import alias, answering, live_indexes, server
from search.backends.elastic.writing import ElasticBuild
from search.backends.interface import Build, Found, Ranked
from search.filters import FACETS, FILTERS
from search.indexing.documents import Document
from search.language.query_plan import ENOUGH_OF_THE_BEST, STEP, Plan
from search.prices import ROUND_AMOUNTS, price_edges
from search.query import SearchQuery

# The server's own limit of how deep it looks (``index.max_result_window``).
MOST_AT_ONCE = 10_000
# So many more than asked for are ordered, so that what the server sees alike is told apart.
_BEYOND = 100


class ElasticBackend:
    """The backend for a shop that has an Elasticsearch server."""

    deepest = MOST_AT_ONCE

    def find(self, query: SearchQuery, plan: Plan, *, first: int) -> Found:
        """Count everything, and rank the ``first`` documents of the query's order.

        Raises SearchServerAway when the server does not answer.
        """
        market_of(query.market)
        if not plan.groups and not plan.is_browsing:
            return Found()
        from elasticsearch import NotFoundError

        try:
            with answering():
                return _Search(query, plan, min(first, MOST_AT_ONCE)).found()
        except NotFoundError:
            # Before the first build, or lost: until the sweep has built it anew.
            return Found()

    def put(self, documents: Sequence[Document], gone: Sequence[UUID]) -> None:
        """Write changed documents and remove others."""
        with answering():
            writing.put(documents, gone)

    def differing(self, documents: Sequence[Document]) -> list[Document]:
        """Those of which the live index has another body, or none."""
        return writing.differing(documents)

    def build(self) -> Build:
        """Begin a new index behind the alias' back."""
        return ElasticBuild.begin()

    def building(self, handle: str) -> Build:
        """An index that was begun, perhaps by another process."""
        return ElasticBuild(UUID(handle))

    def tidy(self) -> None:
        """Forget builds that were killed; the rest the server does by itself."""
        with answering():
            writing.remove_dead_builds()

    def count(self) -> int:
        """How many documents can be found."""
        with answering():
            if not live_indexes():
                return 0
            server().indices.refresh(index=alias())
            return int(server().count(index=alias())["count"])

    def known_ids(self) -> set[UUID]:
        """Which listings have a document."""
        with answering():
            if not live_indexes():
                return set()
            server().indices.refresh(index=alias())
            return set(writing.all_ids())


class _Search:
    """One search: what is asked, and what came of it."""

    def __init__(self, query: SearchQuery, plan: Plan, first: int) -> None:
        self.query, self.plan, self.first = query, plan, first
        self.filters = asking.filters(query)
        self.sold = asking.sold_in(query.market)
        self.is_relaxed = False

    def found(self) -> Found:
        """Ask, at first for all words, then for some."""
        conditions, text = self._text()
        answer = self._ask(conditions, text)
        if not answer["aggregations"]["matched"]["doc_count"] and len(words.needed(self.plan)) > 1:
            self.is_relaxed = True
            conditions, text = self._relaxed()
            answer = self._ask(conditions, text)
        ranked = ordered(self.query, answer["hits"]["hits"])
        if text and asking.is_by_relevance(self.query):
            ranked = self._completed(ranked, answer, conditions, text)
        return self._told(answer["aggregations"], ranked[: self.first])

    def _text(self) -> tuple[list[words.Clause], list[words.Clause]]:
        """What a document must fulfil, and what scores it."""
        if not self.plan.groups:
            return [self.sold], []
        return [self.sold], [words.base(self.plan, all_words=True), *words.coverage(self.plan)]

    def _relaxed(self) -> tuple[list[words.Clause], list[words.Clause]]:
        """Those worth nearly as much as the best of what has any of the words."""
        some = words.base(self.plan, all_words=False)
        body = {"bool": {"filter": [self.sold], "must": [some]}}
        best = server().search(index=alias(), query=body, size=1, source=False)
        least = ENOUGH_OF_THE_BEST * (best["hits"]["max_score"] or 0.0)
        # A breath less: the server counts in shorter numbers than we do.
        enough = asking.at_least(some, least * (1 - 1e-6))
        return [self.sold, enough], [some, *words.coverage(self.plan)]

    def _scored(self, conditions: list[words.Clause], text: list[words.Clause]) -> words.Clause:
        """The text's worth; the first clause must be there, the others add."""
        return {"bool": {"filter": conditions, "must": text[:1], "should": text[1:]}}

    def _ask(self, conditions: list[words.Clause], text: list[words.Clause]) -> Any:
        body = self._scored(conditions, text)
        body["bool"]["should"] = [*text[1:], asking.signals(self.query.market)]
        return self._in_order(
            body,
            self.first + _BEYOND,
            post_filter=asking.all_but(self.filters),
            aggs=asking.counting(self.query, self.filters),
        )

    def _in_order(self, body: words.Clause, size: int, **more: Any) -> Any:
        """The first documents in the query's order, with what ranking reads of them."""
        return server().search(
            index=alias(),
            query=body,
            size=min(size, MOST_AT_ONCE),
            sort=asking.ordering(self.query),
            track_scores=True,
            track_total_hits=False,
            source=False,
            docvalue_fields=asking.to_read(self.query.market),
            **more,
        )

    def _completed(
        self,
        ranked: list[Ranked],
        answer: Any,
        conditions: list[words.Clause],
        text: list[words.Clause],
    ) -> list[Ranked]:
        """All of the first: where the step of the last goes on beyond what was read, by signals."""
        hits = answer["hits"]["hits"]
        if len(hits) < self.first + _BEYOND:
            return ranked
        step = ranked[self.first - 1].step
        if hits[-1]["_score"] < step * STEP - 1e-4:
            return ranked
        reached = asking.at_least(self._scored([], text), (step - 1e-4) * STEP)
        more = self._in_order(
            {
                "bool": {
                    "filter": [*conditions, asking.all_but(self.filters), reached],
                    "must": [asking.signals(self.query.market)],
                }
            },
            2 * self.first + _BEYOND,
        )
        known = {one.listing_id for one in ranked}
        others = same_step(self.query, more["hits"]["hits"], step)
        kept = [one for one in ranked if one.step >= step]
        return sorted(
            kept + [one for one in others if one.listing_id not in known], key=lambda r: r.place
        )

    def _told(self, counted: Any, ranked: list[Ranked]) -> Found:
        total = counted["total"]["doc_count"]
        ends = [counted["price"][end]["value"] for end in ("low", "high")]
        low, high = (None if end is None else int(end) for end in ends)
        return Found(
            matched=counted["matched"]["doc_count"],
            total=total,
            is_relaxed=self.is_relaxed,
            lacking=self._lacking(ranked) if self.is_relaxed and ranked else (),
            facets={
                name: {b["key"]: b["doc_count"] for b in counted[name]["values"]["buckets"]}
                for name in FACETS
            },
            in_stock=counted["in_stock"]["can"]["doc_count"],
            without={} if total else {name: counted[name]["doc_count"] for name in FILTERS},
            price_low=low,
            price_high=high,
            price_steps=_price_steps(counted["price"]["ranges"]["buckets"], low, high),
            ranked=ranked,
        )

    def _lacking(self, ranked: list[Ranked]) -> tuple[str, ...]:
        """The words of the query that the first document lacks."""
        one = server().get(index=alias(), id=str(ranked[0].listing_id), source_includes=["words"])
        has = set(one["_source"]["words"])
        return tuple(
            group.typed
            for group in words.needed(self.plan)
            if not any(
                all(any(word in has for word, _ in part.spellings) for part in way.parts)
                for way in group.ways
            )
        )


def _price_steps(
    buckets: list[Any], low: int | None, high: int | None
) -> list[tuple[int | None, int | None, int]]:
    """The counts between all round amounts, added up between those that fit what was found."""
    edges = price_edges(low, high)
    lows: list[int | None] = [None, *edges]
    highs: list[int | None] = [*(edge - 1 for edge in edges), None]
    counts = [0] * (len(edges) + 1)
    for begin, bucket in zip((0, *ROUND_AMOUNTS), buckets, strict=True):
        counts[sum(edge <= begin for edge in edges)] += bucket["doc_count"]
    return [step for step in zip(lows, highs, counts, strict=True) if step[2]]
