"""Keep the index in step with the read model, and build it anew beside the live one."""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from contextlib import closing
from itertools import islice
from typing import Any
from uuid import UUID

from django.db import connection, transaction

from catalog.models import ListingPage
from search.backends import backend
from search.backends.interface import Build
from search.indexing.document_builder import documents, worthwhile_processes, written_batches
from search.indexing.documents import Document, is_pair
from search.indexing.grouping import Grouped, group
from search.models import Generation, PendingUpdate

BATCH = 200
REBUILD_BATCH = 1000
# The name of the lock between changes of documents and a change of the live index.
_TURN = 0x54574953

# Words that the list of known words lacks, or knows from fewer places.
_NEW_WORDS = """
    INSERT INTO search_searchword AS known (word, documents, places)
    SELECT * FROM unnest(%s::text[], %s::int[], %s::int[])
    ON CONFLICT (word) DO UPDATE
    SET places = known.places | EXCLUDED.places, added = EXCLUDED.added
    WHERE known.places | EXCLUDED.places <> known.places
"""
_COPY_WORDS = "COPY search_searchword (word, documents, places) FROM STDIN"


def update(listing_ids: Iterable[UUID]) -> int:
    """Bring the documents of listings up to date, or remove them; returns how many can be found."""
    return sum(_update_batch(batch) for batch in _batches(sorted(set(listing_ids)), BATCH))


def reindex(
    *, progress: Callable[[int, int], None] | None = None, processes: int | None = 0
) -> int:
    """Build every document anew; the shop stays searchable meanwhile. Returns their number.

    ``processes``: so many make and write documents beside this one; 0 makes them here, None as
    many as are worthwhile.

    The new index is built beside the live one and takes its place in one moment; what changed in
    the meantime is looked at again just before.
    """
    build = backend().build()
    try:
        words = _Words()
        ids = _published()
        if processes is None:
            processes = worthwhile_processes(len(ids))
        written = written_batches(build, ids, size=REBUILD_BATCH, processes=processes)
        # Closed before the build is abandoned: no process goes on writing then.
        with closing(written):
            for batch in written:
                build.take(batch)
                words.count(batch)
                if progress:
                    progress(batch.until, len(ids))
        build.prepare()
        _go_live(build, words)
    except BaseException:
        build.abandon()
        raise
    return backend().count()


def sweep() -> int:
    """Compare the index with the read model and repair what differs; returns how many listings."""
    published = set(_published())
    known = backend().known_ids()
    if published and not known:
        return reindex()
    astray = published ^ known
    update(astray)
    return len(astray)


def compare() -> int:
    """Look at every document, whether it says what the read model says; returns how many did not.

    They are mended. Takes the time of a rebuild, and writes only what differs.
    """
    mended = 0
    for batch in _batches(_published(), REBUILD_BATCH):
        differing = backend().differing(documents(batch))
        # Read once more under the lock: what changed just now may be right already.
        mended += update(document.listing_id for document in differing)
    return mended


def _published() -> list[UUID]:
    pages = ListingPage.objects.filter(is_published=True)
    return list(pages.order_by("listing_id").values_list("listing_id", flat=True))


@transaction.atomic
def _go_live(build: Build, words: "_Words") -> None:
    """Whoever changes a document waits until the new index is the live one, or was before it."""
    _turn(exclusive=True)
    words.replace_all()
    pending = list(PendingUpdate.objects.values_list("listing_id", flat=True).distinct())
    PendingUpdate.objects.all().delete()
    build.finish(_changes(batch) for batch in _batches(sorted(pending), BATCH))


def _turn(*, exclusive: bool) -> None:
    """Writers of documents pass side by side, but not beside a change of the live index."""
    shared = "" if exclusive else "_shared"
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT pg_advisory_xact_lock{shared}(%s)", [_TURN])


def _changes(ids: list[UUID]) -> tuple[list[Document], list[UUID]]:
    """The documents of listings as they are now, their words learnt, and who has none."""
    # The lock keeps a page from changing between our reading it and our writing its document.
    every = ListingPage.objects.filter(listing_id__in=ids).order_by("listing_id")
    list(every.select_for_update().values_list("listing_id"))
    made = documents(ids)
    words = _Words()
    words.count(group(made))
    words.add_new()
    return made, sorted(set(ids) - {document.listing_id for document in made})


@transaction.atomic
def _update_batch(ids: list[UUID]) -> int:
    _turn(exclusive=False)
    made, gone = _changes(ids)
    backend().put(made, gone)
    building = Generation.objects.filter(is_live=False).values_list("key", flat=True)
    PendingUpdate.objects.bulk_create(
        PendingUpdate(build=key, listing_id=listing_id) for key in building for listing_id in ids
    )
    return len(made)


class _Words:
    """The words of documents: in how many they stand, and where."""

    def __init__(self) -> None:
        self.documents: Counter[str] = Counter()
        self.places: dict[str, int] = {}

    def count(self, batch: Grouped) -> None:
        known = self.places.get
        told = zip(batch.words, batch.counts.tolist(), batch.anywhere.tolist(), strict=True)
        for word, count, places in told:
            if not is_pair(word):
                self.documents[word] += count
                self.places[word] = known(word, 0) | places

    def add_new(self) -> None:
        if not self.documents:
            return
        # Always in the same order, so that two who add at once never wait for each other.
        words = sorted(self.documents)
        columns: list[Any] = [
            words,
            [self.documents[word] for word in words],
            [self.places[word] for word in words],
        ]
        with connection.cursor() as cursor:
            cursor.execute(_NEW_WORDS, columns)

    def replace_all(self) -> None:
        with connection.cursor() as cursor:
            cursor.execute("DELETE FROM search_searchword")
            with cursor.copy(_COPY_WORDS) as copy:
                for word, documents in self.documents.items():
                    copy.write_row((word, documents, self.places[word]))


def _batches(ids: Iterable[UUID], size: int) -> Iterator[list[UUID]]:
    waiting = iter(ids)
    while batch := list(islice(waiting, size)):
        yield batch
