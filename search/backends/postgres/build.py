"""A new generation of the index, built beside the live one."""

from collections.abc import Iterable, Sequence
from datetime import timedelta
from uuid import UUID

from django.db import connection, transaction
from django.utils import timezone

from search.backends.interface import Changes
from search.backends.postgres import writer
from search.backends.postgres.posting_rows import append_postings, copy_postings
from search.indexing.documents import Document
from search.indexing.facts import FacetCodes
from search.indexing.postings import PostingBatch, merge_batches
from search.models import Generation

# A build writes its postings to the database when it holds more than these in memory.
MAX_POSTINGS_HELD = 20_000_000

_COPY = (
    "COPY search_searchdocument (generation_id, number, listing_id, is_removed, version,"
    " words_hash, facts) FROM STDIN (FORMAT BINARY)"
)
_COPIED_TYPES = ("uuid", "int4", "uuid", "bool", "int8", "bytea", "bytea")
_REMOVE = (
    "DELETE FROM search_posting WHERE generation_id = ANY(%s)",
    "DELETE FROM search_searchdocument WHERE generation_id = ANY(%s)",
    "DELETE FROM search_pendingupdate WHERE build = ANY(%s)",
    "DELETE FROM search_generation WHERE key = ANY(%s)",
)


class PostgresBuild:
    """A generation that grows beside the live one; see ``interface.Build``."""

    def __init__(self, codes: FacetCodes, key: UUID) -> None:
        self.codes = codes
        self.key = key
        self.next_number = 0
        self._held: list[PostingBatch] = []
        self._is_first_flush = True

    @property
    def handle(self) -> str:
        """The generation's key."""
        return self.key.hex

    def write(self, documents: Sequence[Document], *, first_number: int) -> None:
        """Write documents, numbered from ``first_number`` on, without their words."""
        self.codes.add_missing(documents)
        rows = enumerate(zip(documents, self.codes.pack(documents), strict=True), first_number)
        with transaction.atomic(), connection.cursor() as cursor, cursor.copy(_COPY) as copy:
            copy.set_types(_COPIED_TYPES)
            for number, (document, facts) in rows:
                words_hash = writer.words_hash(document)
                copy.write_row((self.key, number, document.listing_id, False, 1, words_hash, facts))

    def add_postings(self, batch: PostingBatch) -> None:
        """Hold the postings of a batch, and write what is held before it is too much."""
        self._held.append(batch)
        self.next_number = max(self.next_number, batch.until)
        if sum(len(held.numbers) for held in self._held) > MAX_POSTINGS_HELD:
            self._flush()

    def prepare(self) -> None:
        """Write the postings still held, before the transaction that makes it the live one."""
        self._flush()

    def _flush(self) -> None:
        if not self._held:
            return
        batch, self._held = merge_batches(self._held), []
        (copy_postings if self._is_first_flush else append_postings)(self.key, batch)
        self._is_first_flush = False

    def finish(self, changes: Iterable[Changes]) -> None:
        """Become the live generation; the former one and its documents are removed."""
        former = list(Generation.objects.select_for_update().filter(is_live=True))
        Generation.objects.filter(is_live=True).update(is_live=False)
        Generation.objects.filter(pk=self.key).update(
            is_live=True, version=1, next_number=self.next_number, merged_until=self.next_number
        )
        for documents, removed in changes:
            writer.put(self.codes, documents, removed)
        remove_generations([generation.key for generation in former])

    def abandon(self) -> None:
        """Remove everything that was written."""
        remove_generations([self.key])


def killed_builds() -> list[UUID]:
    """Builds that were begun a day ago and neither finished nor abandoned."""
    yesterday = timezone.now() - timedelta(days=1)
    rows = Generation.objects.filter(is_live=False, began_at__lt=yesterday)
    return list(rows.values_list("key", flat=True))


def remove_generations(keys: Sequence[UUID]) -> None:
    """Remove generations with everything in them."""
    with connection.cursor() as cursor:
        for statement in _REMOVE:
            cursor.execute(statement, [list(keys)])
