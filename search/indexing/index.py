"""Keep the index in step with the read model, and rebuild it beside the live one."""

from collections.abc import Callable, Iterable, Iterator
from contextlib import closing
from itertools import islice
from uuid import UUID

from django.db import connection, transaction

from catalog.models import ListingPage
from search.backends import backend
from search.backends.interface import Build
from search.indexing.document_builder import (
    build_documents,
    worthwhile_processes,
    written_batches,
)
from search.indexing.documents import Document
from search.indexing.postings import invert
from search.indexing.word_counts import WordCounts
from search.models import Generation, PendingUpdate

BATCH = 200
REBUILD_BATCH = 1000
# The key of the lock between changes of documents and a change of the live index.
_LOCK_KEY = 0x54574953


def update(listing_ids: Iterable[UUID]) -> int:
    """Bring the documents of listings up to date, or remove them; returns how many can be found."""
    return sum(_update_batch(batch) for batch in _batches(sorted(set(listing_ids)), BATCH))


def reindex(
    *, progress: Callable[[int, int], None] | None = None, processes: int | None = 0
) -> int:
    """Rebuild every document while the shop stays searchable; returns their number.

    The new index is built beside the live one and takes its place in one transaction; what changed
    in the meantime is applied just before. ``processes`` build and write documents beside this
    one; 0 builds them here, None chooses a number.
    """
    build = backend().build()
    try:
        words = WordCounts()
        ids = _published()
        if processes is None:
            processes = worthwhile_processes(len(ids))
        batches = written_batches(build, ids, size=REBUILD_BATCH, processes=processes)
        # Closed before the build is abandoned: no process goes on writing then.
        with closing(batches):
            for batch in batches:
                build.add_postings(batch)
                words.add(batch)
                if progress:
                    progress(batch.until, len(ids))
        build.prepare()
        _go_live(build, words)
    except BaseException:
        build.abandon()
        raise
    return backend().count()


def sweep() -> int:
    """Add listings that the index lacks and remove those it should not have; returns how many."""
    published = set(_published())
    known = backend().known_ids()
    if published and not known:
        return reindex()
    differing = published ^ known
    update(differing)
    return len(differing)


def compare() -> int:
    """Rebuild and compare every document, write those that differ; returns how many did.

    Takes the time of a rebuild.
    """
    repaired = 0
    for batch in _batches(_published(), REBUILD_BATCH):
        differing = backend().differing(build_documents(batch))
        # Built once more under the lock: what changed just now may be right already.
        repaired += update(document.listing_id for document in differing)
    return repaired


def _published() -> list[UUID]:
    pages = ListingPage.objects.filter(is_published=True)
    return list(pages.order_by("listing_id").values_list("listing_id", flat=True))


@transaction.atomic
def _go_live(build: Build, words: WordCounts) -> None:
    """Make a build the live index; whoever changes a document waits for it, or was before it."""
    _lock(exclusive=True)
    words.replace_all()
    pending = list(PendingUpdate.objects.values_list("listing_id", flat=True).distinct())
    PendingUpdate.objects.all().delete()
    build.finish(_changes(batch) for batch in _batches(sorted(pending), BATCH))


def _lock(*, exclusive: bool) -> None:
    """Changes of documents happen side by side, but not beside a change of the live index."""
    shared = "" if exclusive else "_shared"
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT pg_advisory_xact_lock{shared}(%s)", [_LOCK_KEY])


def _changes(ids: list[UUID]) -> tuple[list[Document], list[UUID]]:
    """The current documents of listings, their words stored, and the listings that have none."""
    # The lock keeps a page from changing between our reading it and our writing its document.
    pages = ListingPage.objects.filter(listing_id__in=ids).order_by("listing_id")
    list(pages.select_for_update().values_list("listing_id"))
    documents = build_documents(ids)
    words = WordCounts()
    words.add(invert(documents))
    words.store_new()
    return documents, sorted(set(ids) - {document.listing_id for document in documents})


@transaction.atomic
def _update_batch(ids: list[UUID]) -> int:
    _lock(exclusive=False)
    documents, removed = _changes(ids)
    backend().put(documents, removed)
    builds = Generation.objects.filter(is_live=False).values_list("key", flat=True)
    PendingUpdate.objects.bulk_create(
        PendingUpdate(build=key, listing_id=listing_id) for key in builds for listing_id in ids
    )
    return len(documents)


def _batches(ids: Iterable[UUID], size: int) -> Iterator[list[UUID]]:
    remaining = iter(ids)
    while batch := list(islice(remaining, size)):
        yield batch
