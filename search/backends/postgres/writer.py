"""Write changed documents into the live generation, merge their words, build a new generation."""

import hashlib
from collections.abc import Iterable, Sequence
from datetime import timedelta
from functools import lru_cache
from uuid import UUID, uuid4

import numpy as np
from django.db import connection, transaction
from django.utils import timezone

from search.backends.interface import Changes
from search.indexing.documents import Document
from search.indexing.facts import Codes
from search.indexing.grouping import Grouped, group_rows, together
from search.models import Generation, SearchDocument

# Words of so many changed documents are kept beside the postings before they are merged.
MERGE_FROM = 500
# A build lets go of its postings into the database when it holds more than so many.
MOST_HELD = 20_000_000

_KNOWN = """
    SELECT listing_id, number, words_hash FROM search_searchdocument
    WHERE generation_id = %s AND NOT is_gone AND listing_id = ANY(%s)
"""
_WRITTEN = """
    SELECT d.listing_id, d.words_hash, d.facts FROM search_searchdocument d
    JOIN search_generation g ON g.key = d.generation_id
    WHERE g.is_live AND NOT d.is_gone AND d.listing_id = ANY(%s)
"""
_NEW_FACTS = """
    UPDATE search_searchdocument d SET facts = n.facts, version = %(version)s
    FROM unnest(%(numbers)s::int[], %(facts)s::bytea[]) AS n(number, facts)
    WHERE d.generation_id = %(generation)s AND d.number = n.number AND d.facts <> n.facts
"""
_GONE = """
    UPDATE search_searchdocument SET is_gone = TRUE, version = %s, words = NULL, places = NULL
    WHERE generation_id = %s AND number = ANY(%s)
"""
_APPEND = """
    INSERT INTO search_posting AS p (generation_id, word, numbers, places)
    SELECT %s, * FROM unnest(%s::text[], %s::bytea[], %s::bytea[])
    ON CONFLICT (generation_id, word) DO UPDATE
    SET numbers = p.numbers || EXCLUDED.numbers, places = p.places || EXCLUDED.places
"""
_COPY = (
    "COPY search_searchdocument (generation_id, number, listing_id, is_gone, version, words_hash,"
    " facts) FROM STDIN (FORMAT BINARY)"
)
_COPIED = ("uuid", "int4", "uuid", "bool", "int8", "bytea", "bytea")
_COPY_POSTINGS = (
    "COPY search_posting (generation_id, word, numbers, places) FROM STDIN (FORMAT BINARY)"
)
_COPIED_POSTINGS = ("uuid", "varchar", "bytea", "bytea")


def live_for_update() -> Generation:
    """The live generation, locked until the transaction ends; a first one if there is none."""
    live = Generation.objects.select_for_update().filter(is_live=True).first()
    if live is None:
        Generation.objects.bulk_create(
            [Generation(key=uuid4(), is_live=True)], ignore_conflicts=True
        )
        live = Generation.objects.select_for_update().get(is_live=True)
    return live


@transaction.atomic
def put(codes: Codes, documents: Sequence[Document], gone: Sequence[UUID]) -> None:
    """Bring documents of the live generation up to date; changes show as one version."""
    codes.add_missing(documents)
    generation = live_for_update()
    version = generation.version + 1
    known = _known(generation, [d.listing_id for d in documents] + list(gone))
    packed = dict(zip((d.listing_id for d in documents), codes.pack(list(documents)), strict=True))
    hashes = {d.listing_id: words_hash(d) for d in documents}
    same = [d for d in documents if known.get(d.listing_id, (0, b""))[1] == hashes[d.listing_id]]
    new = [d for d in documents if d not in same]
    leaving = [known[i][0] for i in [d.listing_id for d in new] + list(gone) if i in known]
    with connection.cursor() as cursor:
        if same:
            numbers = [known[d.listing_id][0] for d in same]
            facts = [packed[d.listing_id] for d in same]
            cursor.execute(
                _NEW_FACTS,
                {
                    "version": version,
                    "numbers": numbers,
                    "facts": facts,
                    "generation": generation.key,
                },
            )
        if leaving:
            cursor.execute(_GONE, [version, generation.key, leaving])
    first = generation.next_number
    SearchDocument.objects.bulk_create(
        SearchDocument(
            generation=generation,
            number=first + n,
            listing_id=document.listing_id,
            version=version,
            words_hash=hashes[document.listing_id],
            facts=packed[document.listing_id],
            words=list(document.words),
            places=bytes(document.words.values()),
        )
        for n, document in enumerate(new)
    )
    Generation.objects.filter(pk=generation.pk).update(
        version=version, next_number=first + len(new), gone=generation.gone + len(leaving)
    )


def _known(generation: Generation, ids: list[UUID]) -> dict[UUID, tuple[int, bytes]]:
    with connection.cursor() as cursor:
        cursor.execute(_KNOWN, [generation.key, ids])
        return {row[0]: (row[1], bytes(row[2])) for row in cursor.fetchall()}


def differing(codes: Codes, documents: Sequence[Document]) -> list[Document]:
    """Those of which the live generation does not have these words and facts."""
    codes.add_missing(documents)
    with connection.cursor() as cursor:
        cursor.execute(_WRITTEN, [[document.listing_id for document in documents]])
        written = {key: (bytes(words), bytes(facts)) for key, words, facts in cursor.fetchall()}
    return [
        document
        for document, facts in zip(documents, codes.pack(list(documents)), strict=True)
        if written.get(document.listing_id) != (words_hash(document), facts)
    ]


def words_hash(document: Document) -> bytes:
    """A digest of a document's words and places, in whatever order they come."""
    words = document.words
    return (sum(map(_word_hash, words, words.values())) % 2**64).to_bytes(8, "little")


@lru_cache(maxsize=200_000)
def _word_hash(word: str, places: int) -> int:
    told = hashlib.blake2b(word.encode(), digest_size=8, salt=bytes([places]))
    return int.from_bytes(told.digest(), "little")


@transaction.atomic
def merge(*, at_least: int = MERGE_FROM) -> int:
    """Move the words of changed documents into the postings; returns of how many documents."""
    generation = live_for_update()
    rows = list(
        SearchDocument.objects.filter(
            generation=generation, number__gte=generation.merged, words__isnull=False
        )
        .order_by("number")
        .values_list("number", "words", "places")
    )
    if len(rows) < at_least:
        return 0
    told = ((number, words or [], bytes(places or b"")) for number, words, places in rows)
    _append_postings(generation.key, group_rows(told))
    SearchDocument.objects.filter(
        generation=generation, number__gte=generation.merged, words__isnull=False
    ).update(words=None, places=None)
    Generation.objects.filter(pk=generation.pk).update(
        merged=generation.next_number, merges=generation.merges + 1
    )
    return len(rows)


class PostgresBuild:
    """A generation that grows beside the live one."""

    def __init__(self, codes: Codes, key: UUID) -> None:
        self.codes = codes
        self.key = key
        self.next_number = 0
        self._held: list[Grouped] = []
        self._is_first_flush = True

    @property
    def handle(self) -> str:
        """The generation's key."""
        return self.key.hex

    def write(self, documents: Sequence[Document], *, first: int) -> None:
        """Write documents, numbered from ``first`` on; their words come by ``take``."""
        self.codes.add_missing(documents)
        packed = self.codes.pack(list(documents))
        with transaction.atomic(), connection.cursor() as cursor, cursor.copy(_COPY) as copy:
            copy.set_types(_COPIED)
            for number, (document, facts) in enumerate(zip(documents, packed, strict=True), first):
                row = (self.key, number, document.listing_id, False, 1, words_hash(document), facts)
                copy.write_row(row)

    def take(self, grouped: Grouped) -> None:
        """Hold the words of a batch, and let go of what is held before it is too much."""
        self._held.append(grouped)
        self.next_number = max(self.next_number, grouped.until)
        if sum(len(held.numbers) for held in self._held) > MOST_HELD:
            self._flush()

    def prepare(self) -> None:
        """Write what is still held: before the transaction in which it becomes the live one."""
        self._flush()

    def _flush(self) -> None:
        if not self._held:
            return
        held, self._held = together(self._held), []
        (_copy_postings if self._is_first_flush else _append_postings)(self.key, held)
        self._is_first_flush = False

    def finish(self, changes: Iterable[Changes]) -> None:
        """Become the live generation; the former one and its documents go."""
        former = list(Generation.objects.select_for_update().filter(is_live=True))
        Generation.objects.filter(is_live=True).update(is_live=False)
        Generation.objects.filter(pk=self.key).update(
            is_live=True, version=1, next_number=self.next_number, merged=self.next_number
        )
        for documents, gone in changes:
            put(self.codes, documents, gone)
        remove([generation.key for generation in former])

    def abandon(self) -> None:
        """Leave nothing behind."""
        remove([self.key])


def _postings(held: Grouped) -> list[tuple[str, bytes, bytes]]:
    """Words in order, each with its documents' numbers and places as bytes."""
    numbers, places = held.numbers.astype("<i4").tobytes(), held.places.tobytes()
    ends = np.cumsum(held.counts).tolist()
    spans = zip(held.words, [0, *ends[:-1]], ends, strict=True)
    return sorted((word, numbers[4 * one : 4 * end], places[one:end]) for word, one, end in spans)


def _copy_postings(key: UUID, held: Grouped) -> None:
    """Write the first postings of a generation."""
    with connection.cursor() as cursor, cursor.copy(_COPY_POSTINGS) as copy:
        copy.set_types(_COPIED_POSTINGS)
        for posting in _postings(held):
            copy.write_row((key, *posting))


def _append_postings(key: UUID, held: Grouped) -> None:
    """Add to the postings of a generation."""
    postings = _postings(held)
    with connection.cursor() as cursor:
        for n in range(0, len(postings), 2000):
            words, numbers, places = zip(*postings[n : n + 2000], strict=True)
            cursor.execute(_APPEND, [key, list(words), list(numbers), list(places)])


def dead_builds() -> list[UUID]:
    """Builds that were begun a day ago and neither finished nor abandoned: killed, that is."""
    yesterday = timezone.now() - timedelta(days=1)
    rows = Generation.objects.filter(is_live=False, began_at__lt=yesterday)
    return list(rows.values_list("key", flat=True))


def remove(keys: Sequence[UUID]) -> None:
    """Remove generations with everything in them."""
    with connection.cursor() as cursor:
        for table in ("search_posting", "search_searchdocument", "search_pendingupdate"):
            column = "build" if table == "search_pendingupdate" else "generation_id"
            cursor.execute(f"DELETE FROM {table} WHERE {column} = ANY(%s)", [list(keys)])  # noqa: S608 -- constants
        cursor.execute("DELETE FROM search_generation WHERE key = ANY(%s)", [list(keys)])
