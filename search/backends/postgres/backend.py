"""The backend that needs only the database: searches this process's copy of the index."""

from collections.abc import Sequence
from uuid import UUID, uuid4

from search.backends.interface import Build, Matches
from search.backends.postgres import writer
from search.backends.postgres.build import PostgresBuild, killed_builds, remove_generations
from search.backends.postgres.facets import Filters
from search.backends.postgres.ranking import rank
from search.backends.postgres.reader import Reader
from search.backends.postgres.scoring import TextMatches, match
from search.filters import FACETS, FILTERS
from search.indexing.documents import Document
from search.indexing.facts import FacetCodes
from search.language.query_plan import QueryPlan
from search.models import Generation, SearchDocument
from search.query import SearchQuery, Sort


class PostgresBackend:
    """Searches the index in PostgreSQL; see ``interface.Backend``."""

    max_depth = 10**9

    def __init__(self) -> None:
        self.reader = Reader()

    def find(self, query: SearchQuery, plan: QueryPlan, *, limit: int) -> Matches:
        """Count all matches, and rank the first ``limit`` documents of the query's order."""
        reader = self.reader
        with reader.lock:
            reader.refresh()
            reader.fetch(plan.stems)
            slot = reader.market_slot(query.market)
            if slot is None:
                return Matches()
            try:
                matches = match(reader, plan, slot)
            except BaseException:
                # The sums begun must not stay for the next search.
                reader.scratch.clear_all()
                raise
            found = self._count_and_rank(query, matches, slot, limit)
            reader.trim()
        return found

    def _count_and_rank(
        self, query: SearchQuery, matches: TextMatches, slot: int, limit: int
    ) -> Matches:
        filters = Filters(self.reader, query, matches.numbers, slot)
        documents = rank(
            self.reader,
            matches,
            filters,
            slot=slot,
            sort=Sort(query.sort),
            nearness=dict(query.nearness),
            limit=limit,
        )
        total, prices = filters.count_without(), filters.price_counts()
        found = Matches(
            matched_count=len(matches.numbers),
            total=total,
            is_relaxed=matches.is_relaxed,
            facets={name: filters.counts(name) for name in FACETS},
            in_stock_count=filters.in_stock_count(),
            counts_without={} if total else {n: filters.count_without(n) for n in FILTERS},
            lowest_price_minor=prices.lowest,
            highest_price_minor=prices.highest,
            price_ranges=prices.ranges,
            documents=documents,
        )
        if matches.is_relaxed and documents:
            found.missing_words = matches.missing_words(documents[0].sort_key[2])
        return found

    def put(self, documents: Sequence[Document], removed: Sequence[UUID]) -> None:
        """Write changed documents and remove others."""
        writer.put(FacetCodes.from_database(), documents, removed)

    def differing(self, documents: Sequence[Document]) -> list[Document]:
        """Those that the live generation has with other words or facts, or lacks."""
        return writer.differing(FacetCodes.from_database(), documents)

    def build(self) -> Build:
        """Begin a new generation beside the live one."""
        return self.open_build(Generation.objects.create(key=uuid4()).key.hex)

    def open_build(self, handle: str) -> Build:
        """A generation that was begun, perhaps by another process."""
        return PostgresBuild(FacetCodes.from_database(), UUID(handle))

    def tidy(self) -> None:
        """Merge the words of changed documents; remove builds that were killed."""
        writer.merge()
        remove_generations(killed_builds())

    def count(self) -> int:
        """How many documents can be found."""
        return SearchDocument.objects.filter(generation__is_live=True, is_removed=False).count()

    def known_ids(self) -> set[UUID]:
        """Which listings have a document."""
        rows = SearchDocument.objects.filter(generation__is_live=True, is_removed=False)
        return set(rows.values_list("listing_id", flat=True))
