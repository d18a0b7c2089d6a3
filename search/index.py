"""Keep the search documents in step with the read model."""

from collections.abc import Callable, Iterable, Iterator
from itertools import islice
from uuid import UUID

from django.db import connection, transaction

from catalog.models import ListingPage
from search.documents import document_of, prices_of
from search.fold import ARABIC_LETTERS, ASCII_LETTERS
from search.models import SearchDocument, SearchPrice

BATCH = 200
_FIELDS = [f.name for f in SearchDocument._meta.concrete_fields if not f.primary_key]  # noqa: SLF001

# Words of the documents that the list of known words lacks, and its exact counts after a reindex.
_NEW_WORDS = """
    INSERT INTO search_searchword (word, letters, documents)
    SELECT word, translate(word, %(arabic)s, %(ascii)s), ndoc FROM ts_stat(format(
        'SELECT words FROM search_searchdocument WHERE listing_id = ANY(%%L::uuid[])',
        %(ids)s::uuid[]))
    WHERE word NOT LIKE '\\_%%'
    ON CONFLICT (word) DO NOTHING
"""
_ALL_WORDS = """
    INSERT INTO search_searchword (word, letters, documents)
    SELECT word, translate(word, %(arabic)s, %(ascii)s), ndoc
    FROM ts_stat('SELECT words FROM search_searchdocument')
    WHERE word NOT LIKE '\\_%%'
"""


_LETTERS = {"arabic": ARABIC_LETTERS, "ascii": ASCII_LETTERS}


def update(listing_ids: Iterable[UUID]) -> int:
    """Bring the documents of listings up to date, or remove them; returns how many can be found."""
    return sum(_update_batch(batch) for batch in _batches(listing_ids))


def reindex(*, progress: Callable[[int, int], None] | None = None) -> int:
    """Build every document anew; the shop stays searchable meanwhile. Returns their number."""
    ids = list(ListingPage.objects.filter(is_published=True).values_list("listing_id", flat=True))
    SearchDocument.objects.exclude(listing_id__in=ids).delete()
    done = 0
    for batch in _batches(ids):
        _update_batch(batch)
        done += len(batch)
        if progress:
            progress(done, len(ids))
    recount_words()
    return len(ids)


def recount_words() -> None:
    """Count anew in how many documents each word stands."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("DELETE FROM search_searchword")
        cursor.execute(_ALL_WORDS, _LETTERS)


@transaction.atomic
def _update_batch(ids: list[UUID]) -> int:
    # The lock keeps a page from changing between our reading it and our writing its document.
    pages = list(
        ListingPage.objects.select_for_update()
        .filter(listing_id__in=ids, is_published=True)
        .order_by("listing_id")
        .prefetch_related("offers")
    )
    gone = set(ids) - {page.listing_id for page in pages}
    SearchDocument.objects.filter(listing_id__in=gone).delete()
    SearchPrice.objects.filter(document_id__in=ids).delete()
    SearchDocument.objects.bulk_create(
        [document_of(page) for page in pages],
        update_conflicts=True,
        unique_fields=["listing_id"],
        update_fields=_FIELDS,
    )
    SearchPrice.objects.bulk_create(
        [price for page in pages for price in prices_of(page)], batch_size=1000
    )
    with connection.cursor() as cursor:
        cursor.execute(_NEW_WORDS, {"ids": [page.listing_id for page in pages], **_LETTERS})
    return len(pages)


def _batches(ids: Iterable[UUID]) -> Iterator[list[UUID]]:
    waiting = iter(ids)
    while batch := list(islice(waiting, BATCH)):
        yield batch
