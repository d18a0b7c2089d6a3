"""Make the documents of listings from the read model, and write many in several processes."""

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
from search.indexing.grouping import Grouped, group
from search.rows import facts_of, prices_by_listing, sales_of

if TYPE_CHECKING:
    from concurrent.futures import Future

# From so many on, the seconds that processes need to start are won back.
MANY = 20_000
MOST_PROCESSES = 4
# So many batches are under way for each process: one is made while another is handed over.
_AHEAD = 2


def documents(ids: Sequence[UUID]) -> list[Document]:
    """The documents of the published ones among listings, by their ids."""
    offers = prices_by_listing(ids)
    made = [document_of(page, offers.get(page.listing_id, ())) for page in facts_of(ids)]
    by_id = {document.listing_id: document for document in made}
    for listing_id, market, quantity in sales_of(ids):
        if listing_id in by_id:
            by_id[listing_id].sold[market] = quantity
    return made


def written_batches(
    build: Build, ids: Sequence[UUID], *, size: int, processes: int
) -> Generator[Grouped, None, None]:
    """Documents of listings, written into a build in batches; the words of each batch in turn.

    Made and written here, or by so many processes of their own, which see only what is committed.
    """
    batches = ((first, ids[first : first + size]) for first in range(0, len(ids), size))
    if processes < 1:
        for first, batch in batches:
            yield _written(build, first, batch)
        return
    with process_pool(processes) as pool:
        under_way: deque[Future[Grouped]] = deque()

        def hand_out(count: int) -> None:
            for first, batch in islice(batches, count):
                told = (backend_name(), build.handle, first, batch)
                under_way.append(pool.submit(_written_apart, *told))

        hand_out(processes * _AHEAD)
        while under_way:
            made = under_way.popleft().result()
            hand_out(1)
            yield made


def _written_apart(name: str, handle: str, first: int, ids: Sequence[UUID]) -> Grouped:
    with backend_named(name):
        return _written(_building(name, handle), first, ids)


@lru_cache(maxsize=1)
def _building(_name: str, handle: str) -> Build:
    return backend().building(handle)


def _written(build: Build, first: int, ids: Sequence[UUID]) -> Grouped:
    made = documents(ids)
    build.write(made, first=first)
    return group(made, first=first, until=first + len(ids))


def worthwhile_processes(count: int) -> int:
    """How many processes are worth starting for so many documents: none for a small catalogue."""
    return min(os.cpu_count() or 1, MOST_PROCESSES) if count >= MANY else 0
