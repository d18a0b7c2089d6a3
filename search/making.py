"""Make the documents of listings from the read model; many of them in several processes."""

import os
from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from typing import TYPE_CHECKING
from uuid import UUID

from marketplace.core.processes import process_pool
from search.documents import Document, document_of
from search.models import ListingSales
from search.rows import facts_of, prices_by_listing

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
    sales = ListingSales.objects.filter(listing_id__in=by_id)
    for listing_id, market, quantity in sales.values_list("listing_id", "market", "quantity"):
        by_id[listing_id].sold[market] = quantity
    return made


def documents_of_batches(
    batches: Iterable[Sequence[UUID]], *, processes: int
) -> Iterator[list[Document]]:
    """The documents of each batch in turn, made here or by so many processes of their own.

    Those see only what is committed.
    """
    if processes < 1:
        yield from map(documents, batches)
        return
    waiting = iter(batches)
    with process_pool(processes) as pool:
        under_way: deque[Future[list[Document]]] = deque()
        for batch in islice(waiting, processes * _AHEAD):
            under_way.append(pool.submit(documents, batch))
        while under_way:
            made = under_way.popleft().result()
            for batch in islice(waiting, 1):
                under_way.append(pool.submit(documents, batch))
            yield made


def worthwhile_processes(count: int) -> int:
    """How many processes are worth starting for so many documents: none for a small catalogue."""
    return min(os.cpu_count() or 1, MOST_PROCESSES) if count >= MANY else 0
