"""What a backend must do. Understanding, fairness and the words of facets are not its affair."""

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
from search.indexing.grouping import Grouped
from search.language.query_plan import Plan
from search.query import SearchQuery


class Ranked(NamedTuple):
    """A document in its place. ``step`` is its text's worth in steps (``plan.STEP``).

    ``place`` orders: the smaller comes first, the last number tells equals apart. By relevance it
    is ``(-step, -extra, …)``, ``extra`` being the other signals (0 to 1). ``raw_id`` is the
    listing's id as bytes: of a hundred documents that are ranked, a page shows a few.
    """

    raw_id: bytes
    cooperative: str
    place: tuple[float, float, int]
    step: int = 0
    extra: float = 0.0
    is_new_maker: bool = False

    @property
    def listing_id(self) -> UUID:
        """The listing that the document is of."""
        return UUID(bytes=self.raw_id)


@dataclass
class Found:
    """What a backend found: exact numbers, and the first documents of the order asked for."""

    matched: int = 0
    total: int = 0
    is_relaxed: bool = False
    lacking: tuple[str, ...] = ()
    facets: dict[str, dict[str, int]] = field(default_factory=dict)
    in_stock: int = 0
    without: dict[str, int] = field(default_factory=dict)
    price_low: int | None = None
    price_high: int | None = None
    price_steps: list[tuple[int | None, int | None, int]] = field(default_factory=list)
    ranked: list[Ranked] = field(default_factory=list)


# Documents to write, and listings whose documents go.
Changes = tuple[Sequence[Document], Sequence[UUID]]


class Build(Protocol):
    """A new index in the making, beside the live one.

    Several processes may ``write``, each a batch; the one that began takes the words of all, in
    the order of their numbers.
    """

    @property
    def handle(self) -> str:
        """What other processes open it by (``Backend.building``)."""

    def write(self, documents: Sequence[Document], *, first: int) -> None:
        """Write documents, numbered from ``first`` on."""

    def take(self, grouped: Grouped) -> None:
        """Take in the words of documents that were written."""

    def prepare(self) -> None:
        """Do what can be done before the transaction in which it becomes the live one."""

    def finish(self, changes: Iterable[Changes]) -> None:
        """Take in what changed meanwhile and become the live one, as the transaction's last act."""

    def abandon(self) -> None:
        """Leave nothing behind."""


class Backend(Protocol):
    """One way to keep documents and to find them.

    ``deepest`` is how many documents of an order can be walked through, page by page.
    """

    deepest: int

    def find(self, query: SearchQuery, plan: Plan, *, first: int) -> Found:
        """Count everything, and rank the ``first`` documents of the query's order."""

    def put(self, documents: Sequence[Document], gone: Sequence[UUID]) -> None:
        """Write changed documents and remove others."""

    def differing(self, documents: Sequence[Document]) -> list[Document]:
        """Those of which the index does not have what it would have if they were written now."""

    def build(self) -> Build:
        """Begin a new index."""

    def building(self, handle: str) -> Build:
        """An index that was begun, perhaps by another process."""

    def tidy(self) -> None:
        """Do what keeps the index fast; called every minute."""

    def count(self) -> int:
        """How many documents can be found."""

    def known_ids(self) -> set[UUID]:
        """Which listings have a document."""


@cache
def _made(path: str) -> Backend:
    made: Backend = import_string(path)()
    return made


_named: ContextVar[str] = ContextVar("search_backend", default="")


def backend() -> Backend:
    """The backend that the settings choose, or the one that the caller named."""
    return _made(settings.SEARCH_BACKENDS[backend_name()])


def backend_name() -> str:
    """What the backend in use is called in the settings."""
    chosen: str = _named.get() or settings.SEARCH_BACKEND
    return chosen


@contextmanager
def backend_named(name: str) -> Iterator[None]:
    """Use a backend of another name for a while; an empty name changes nothing."""
    token = _named.set(name)
    try:
        yield
    finally:
        _named.reset(token)
