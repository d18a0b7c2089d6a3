"""Write changed documents into the live generation, merge their words, build a new generation."""

import hashlib
from array import array
from collections.abc import Collection, Iterable, Sequence
from datetime import timedelta
from itertools import repeat
from uuid import UUID, uuid4

import numpy as np
from django.db import connection, transaction
from django.utils import timezone

from search.backends.interface import Changes
from search.documents import Document
from search.facts import Codes
from search.models import Generation, SearchDocument

# Words of so many changed documents are kept beside the postings before they are merged.
MERGE_FROM = 500
# A build lets go of its postings into the database when it holds so many.
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
    " facts) FROM STDIN"
)


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
    """A digest of a document's words and places."""
    words = sorted(document.words)
    told = hashlib.blake2b("\n".join(words).encode(), digest_size=8)
    told.update(bytes(map(document.words.__getitem__, words)))
    return told.digest()


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
    held = _Held()
    for number, words, places in rows:
        held.add(number, words or [], bytes(places or b""))
    held.flush(generation.key)
    SearchDocument.objects.filter(
        generation=generation, number__gte=generation.merged, words__isnull=False
    ).update(words=None, places=None)
    Generation.objects.filter(pk=generation.pk).update(
        merged=generation.next_number, merges=generation.merges + 1
    )
    return len(rows)


class _Numbers(dict[str, int]):
    """Words numbered as they come."""

    def __missing__(self, word: str) -> int:
        number = self[word] = len(self)
        return number


class _Held:
    """Postings in the making, in the order of documents."""

    def __init__(self) -> None:
        self._forget()

    def _forget(self) -> None:
        self.words = _Numbers()
        self.of_words = array("i")
        self.of_documents = array("i")
        self.places = bytearray()

    @property
    def count(self) -> int:
        return len(self.places)

    def add(self, number: int, words: Collection[str], places: bytes) -> None:
        self.of_words.extend(map(self.words.__getitem__, words))
        self.of_documents.extend(repeat(number, len(words)))
        self.places += places

    def flush(self, key: UUID) -> None:
        order = np.argsort(np.frombuffer(self.of_words, dtype="i4"), kind="stable")
        numbers = np.frombuffer(self.of_documents, dtype="<i4")[order].tobytes()
        places = np.frombuffer(self.places, dtype="u1")[order].tobytes()
        counts = np.bincount(np.frombuffer(self.of_words, dtype="i4"), minlength=len(self.words))
        ends = np.cumsum(counts).tolist()
        begins = [0, *ends[:-1]]
        slices = {
            word: slice(begin, end)
            for word, begin, end in zip(self.words, begins, ends, strict=True)
        }
        words = sorted(slices)
        with connection.cursor() as cursor:
            for n in range(0, len(words), 2000):
                part = words[n : n + 2000]
                spans = [slices[word] for word in part]
                of_words = [numbers[4 * span.start : 4 * span.stop] for span in spans]
                cursor.execute(_APPEND, [key, part, of_words, [places[span] for span in spans]])
        self._forget()


class PostgresBuild:
    """A generation that grows beside the live one."""

    def __init__(self, codes: Codes, generation: Generation) -> None:
        self.codes = codes
        self.generation = generation
        self.next_number = 0
        self._held = _Held()

    def add(self, documents: Sequence[Document]) -> None:
        """Take documents in."""
        self.codes.add_missing(documents)
        packed = self.codes.pack(list(documents))
        with transaction.atomic(), connection.cursor() as cursor, cursor.copy(_COPY) as copy:
            for document, facts in zip(documents, packed, strict=True):
                number = self.next_number
                self.next_number += 1
                self._held.add(number, document.words, bytes(document.words.values()))
                copy.write_row(
                    (
                        self.generation.key,
                        number,
                        document.listing_id,
                        False,
                        1,
                        words_hash(document),
                        facts,
                    )
                )
        if self._held.count > MOST_HELD:
            self._held.flush(self.generation.key)

    def prepare(self) -> None:
        """Write what is still held: before the transaction in which it becomes the live one."""
        self._held.flush(self.generation.key)

    def finish(self, changes: Iterable[Changes]) -> None:
        """Become the live generation; the former one and its documents go."""
        former = list(Generation.objects.select_for_update().filter(is_live=True))
        Generation.objects.filter(is_live=True).update(is_live=False)
        Generation.objects.filter(pk=self.generation.pk).update(
            is_live=True, version=1, next_number=self.next_number, merged=self.next_number
        )
        for documents, gone in changes:
            put(self.codes, documents, gone)
        remove([generation.key for generation in former])

    def abandon(self) -> None:
        """Leave nothing behind."""
        remove([self.generation.key])


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
