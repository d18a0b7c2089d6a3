"""What a search backend does. Parsing, fairness and labels are not its responsibility."""

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from functools import cache
from typing import NamedTuple, Protocol
from uuid import UUID

from django.conf import settings
from django.utils.module_loading import import_string

from search.indexing.documents import Document
from search.indexing.postings import PostingBatch
from search.language.query_plan import QueryPlan
from search.query import SearchQuery

# Two numbers to order by, the smaller first, and one that breaks ties.
SortKey = tuple[float, float, int]
# The lowest and the highest price in minor units (None: open), and how many documents.
PriceCount = tuple[int | None, int | None, int]


class RankedDocument(NamedTuple):
    """A document in the order of a query.

    ``score_step`` is its text score in steps of ``query_plan.SCORE_STEP``, ``signal_score`` the
    ranking signals (0 to 1). By relevance the sort key is ``(-score_step, -signal_score, …)``.
    ``raw_id`` is the listing's id as bytes: of a hundred ranked documents, a page shows a few.
    ``cooperative_since`` is when its cooperative's first listing was published (Unix seconds).
    """

    raw_id: bytes
    cooperative: str
    sort_key: SortKey
    score_step: int = 0
    signal_score: float = 0.0
    cooperative_since: int = 0

    @property
    def listing_id(self) -> UUID:
        """The listing that the document describes."""
        return UUID(bytes=self.raw_id)


@dataclass
class Matches:
    """What matches a query: exact counts, and the first documents of its order.

    ``matched_count`` match the text, ``total`` the filters too. ``counts_without`` are the totals
    with one filter left out, given when nothing passes all of them.
    """

    matched_count: int = 0
    total: int = 0
    is_relaxed: bool = False
    missing_words: tuple[str, ...] = ()
    facets: dict[str, dict[str, int]] = field(default_factory=dict)
    in_stock_count: int = 0
    counts_without: dict[str, int] = field(default_factory=dict)
    lowest_price_minor: int | None = None
    highest_price_minor: int | None = None
    price_ranges: list[PriceCount] = field(default_factory=list)
    documents: list[RankedDocument] = field(default_factory=list)


# Documents to write, and listings whose documents are removed.
Changes = tuple[Sequence[Document], Sequence[UUID]]


class Build(Protocol):
    """A new index that is being built beside the live one.

    Several processes may ``write``, each a batch; the one that began it adds the postings of all
    batches, in the order of their numbers.
    """

    @property
    def handle(self) -> str:
        """What other processes open it by (``Backend.open_build``)."""

    def write(self, documents: Sequence[Document], *, first_number: int) -> None:
        """Write documents, numbered from ``first_number`` on."""

    def add_postings(self, batch: PostingBatch) -> None:
        """Add the postings of documents that were written."""

    def prepare(self) -> None:
        """Do what can be done before the transaction in which it becomes the live one."""

    def finish(self, changes: Iterable[Changes]) -> None:
        """Apply what changed meanwhile and become the live index, as the transaction's last act."""

    def abandon(self) -> None:
        """Remove everything that was written."""


class Backend(Protocol):
    """A way to store documents and to search them.

    ``max_depth`` is how many documents of an order can be paged through.
    """

    max_depth: int

    def find(self, query: SearchQuery, plan: QueryPlan, *, limit: int) -> Matches:
        """Count all matches, and rank the first ``limit`` documents of the query's order."""

    def put(self, documents: Sequence[Document], removed: Sequence[UUID]) -> None:
        """Write changed documents and remove others."""

    def differing(self, documents: Sequence[Document]) -> list[Document]:
        """Those that the index lacks, or has otherwise than they would be written now."""

    def build(self) -> Build:
        """Begin a new index."""

    def open_build(self, handle: str) -> Build:
        """An index that was begun, perhaps by another process."""

    def tidy(self) -> None:
        """Keep the index fast; called every minute."""

    def count(self) -> int:
        """How many documents can be found."""

    def known_ids(self) -> set[UUID]:
        """Which listings have a document."""


@cache
def _backend_at(path: str) -> Backend:
    backend: Backend = import_string(path)()
    return backend


_named: ContextVar[str] = ContextVar("search_backend", default="")


def backend() -> Backend:
    """The backend that the settings choose, or the one of ``backend_named``."""
    return _backend_at(settings.SEARCH_BACKENDS[backend_name()])


def backend_name() -> str:
    """The name in the settings of the backend in use."""
    chosen: str = _named.get() or settings.SEARCH_BACKEND
    return chosen


@contextmanager
def backend_named(name: str) -> Iterator[None]:
    """Use another backend inside the block; an empty name changes nothing."""
    token = _named.set(name)
    try:
        yield
    finally:
        _named.reset(token)
