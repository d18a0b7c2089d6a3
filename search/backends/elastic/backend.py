"""The backend for a shop that has an Elasticsearch or OpenSearch server."""

from collections.abc import Sequence
from uuid import UUID

from elasticsearch import NotFoundError

from search.backends.elastic import writing
from search.backends.elastic.query_dsl import MAX_HITS
from search.backends.elastic.searcher import Searcher
from search.backends.elastic.server import alias, live_indexes, raising_unavailable, server
from search.backends.elastic.writing import ElasticBuild
from search.backends.interface import Build, Matches
from search.indexing.documents import Document
from search.language.query_plan import QueryPlan
from search.query import SearchQuery


class ElasticBackend:
    """Searches the index behind the alias; see ``interface.Backend``."""

    max_depth = MAX_HITS

    def find(self, query: SearchQuery, plan: QueryPlan, *, limit: int) -> Matches:
        """Count everything, and rank the ``limit`` documents of the query's order.

        Raises SearchServerUnavailable when the server does not respond.
        """
        if not plan.groups and not plan.is_browsing:
            return Matches()
        try:
            with raising_unavailable():
                return Searcher(query, plan, min(limit, MAX_HITS)).found()
        except NotFoundError:
            # Before the first build, or lost: until the sweep has built it anew.
            return Matches()

    def put(self, documents: Sequence[Document], removed: Sequence[UUID]) -> None:
        """Write changed documents and remove others."""
        with raising_unavailable():
            writing.put(documents, removed)

    def differing(self, documents: Sequence[Document]) -> list[Document]:
        """Those that the live index lacks, or has with another source."""
        return writing.differing(documents)

    def build(self) -> Build:
        """Begin a new index, to which the alias does not point yet."""
        return ElasticBuild.begin()

    def open_build(self, handle: str) -> Build:
        """An index that was begun, perhaps by another process."""
        return ElasticBuild(UUID(handle))

    def tidy(self) -> None:
        """Remove builds that were killed; the server does the rest by itself."""
        with raising_unavailable():
            writing.remove_killed_builds()

    def count(self) -> int:
        """How many documents can be found."""
        with raising_unavailable():
            if not live_indexes():
                return 0
            server().indices.refresh(index=alias())
            return int(server().count(index=alias())["count"])

    def known_ids(self) -> set[UUID]:
        """Which listings have a document."""
        with raising_unavailable():
            if not live_indexes():
                return set()
            server().indices.refresh(index=alias())
            return set(writing.all_ids())
