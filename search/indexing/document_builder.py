"""Build the documents of listings from the read model, many of them in several processes."""

import os
from collections import deque
from collections.abc import Generator, Sequence
from functools import lru_cache
from itertools import islice
from typing import TYPE_CHECKING
from uuid import UUID

from marketplace.core.processes import process_pool
from search.backends import backend, backend_name, backend_named
from search.backends.interface import Build
from search.indexing.documents import Document, document_of
from search.indexing.postings import PostingBatch, invert
from search.rows import facts_of, offers_by_listing, sales_of

if TYPE_CHECKING:
    from concurrent.futures import Future

# From so many documents on, processes save more time than they take to start.
MANY = 20_000
MAX_PROCESSES = 4
# So many batches are under way for each process: one is built while another is handed over.
_BATCHES_AHEAD = 2


def build_documents(ids: Sequence[UUID]) -> list[Document]:
    """The documents of the published ones among listings, by their ids."""
    offers = offers_by_listing(ids)
    documents = [document_of(page, offers.get(page.listing_id, ())) for page in facts_of(ids)]
    by_id = {document.listing_id: document for document in documents}
    for listing_id, market, quantity in sales_of(ids):
        if listing_id in by_id:
            by_id[listing_id].sold[market] = quantity
    return documents


def written_batches(
    build: Build, ids: Sequence[UUID], *, size: int, processes: int
) -> Generator[PostingBatch, None, None]:
    """Write the documents of listings into a build in batches; yields the postings of each in turn.

    ``processes`` of their own build and write them, and see only what is committed; 0 does it here.
    """
    batches = ((first, ids[first : first + size]) for first in range(0, len(ids), size))
    if processes < 1:
        for first, batch in batches:
            yield _write(build, first, batch)
        return
    with process_pool(processes) as pool:
        under_way: deque[Future[PostingBatch]] = deque()

        def hand_out(count: int) -> None:
            for first, batch in islice(batches, count):
                job = (backend_name(), build.handle, first, batch)
                under_way.append(pool.submit(_write_in_process, *job))

        hand_out(processes * _BATCHES_AHEAD)
        while under_way:
            postings = under_way.popleft().result()
            hand_out(1)
            yield postings


def _write_in_process(name: str, handle: str, first: int, ids: Sequence[UUID]) -> PostingBatch:
    with backend_named(name):
        return _write(_open_build(name, handle), first, ids)


@lru_cache(maxsize=1)
def _open_build(_backend: str, handle: str) -> Build:
    return backend().open_build(handle)


def _write(build: Build, first: int, ids: Sequence[UUID]) -> PostingBatch:
    documents = build_documents(ids)
    build.write(documents, first_number=first)
    return invert(documents, first_number=first, until=first + len(ids))


def worthwhile_processes(count: int) -> int:
    """How many processes are worth starting for so many documents: none for a small catalogue."""
    return min(os.cpu_count() or 1, MAX_PROCESSES) if count >= MANY else 0
