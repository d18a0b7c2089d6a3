"""Write changed documents into the live generation, and merge their words into the postings."""

import hashlib
from collections.abc import Sequence
from functools import lru_cache
from typing import Any, NamedTuple
from uuid import UUID, uuid4

from django.db import connection, transaction

from search.backends.postgres.posting_rows import append_postings
from search.indexing.documents import Document
from search.indexing.facts import FacetCodes
from search.indexing.postings import invert_rows
from search.models import Generation, SearchDocument

# Words of so many changed documents are stored beside the postings before they are merged.
MERGE_FROM = 500

_STORED = """
    SELECT listing_id, number, words_hash FROM search_searchdocument
    WHERE generation_id = %s AND NOT is_removed AND listing_id = ANY(%s)
"""
_STORED_LIVE = """
    SELECT d.listing_id, d.words_hash, d.facts FROM search_searchdocument d
    JOIN search_generation g ON g.key = d.generation_id
    WHERE g.is_live AND NOT d.is_removed AND d.listing_id = ANY(%s)
"""
_UPDATE_FACTS = """
    UPDATE search_searchdocument d SET facts = n.facts, version = %(version)s
    FROM unnest(%(numbers)s::int[], %(facts)s::bytea[]) AS n(number, facts)
    WHERE d.generation_id = %(generation)s AND d.number = n.number AND d.facts <> n.facts
"""
_REMOVE = """
    UPDATE search_searchdocument SET is_removed = TRUE, version = %s, words = NULL, fields = NULL
    WHERE generation_id = %s AND number = ANY(%s)
"""


class Stored(NamedTuple):
    """A document's number in a generation, and the digest of its words."""

    number: int
    words_hash: bytes


class Packed(NamedTuple):
    """A document with its facts as bytes and the digest of its words."""

    document: Document
    facts: bytes
    words_hash: bytes


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
def put(codes: FacetCodes, documents: Sequence[Document], removed: Sequence[UUID]) -> None:
    """Update documents of the live generation; the changes become visible as one version.

    A document whose words are the same only gets new facts; another gets a new number.
    """
    codes.add_missing(documents)
    generation = live_for_update()
    generation.version += 1
    packed = [
        Packed(document, facts, words_hash(document))
        for document, facts in zip(documents, codes.pack(documents), strict=True)
    ]
    stored = _stored(generation, [d.listing_id for d in documents] + list(removed))
    same: list[Packed] = []
    changed: list[Packed] = []
    for each in packed:
        known = stored.get(each.document.listing_id)
        (same if known and known.words_hash == each.words_hash else changed).append(each)
    _update_facts(generation, same, stored)
    replaced = [each.document.listing_id for each in changed]
    _remove(generation, [stored[i].number for i in [*replaced, *removed] if i in stored])
    _insert(generation, changed)
    generation.next_number += len(changed)
    generation.save(update_fields=["version", "next_number"])


def _stored(generation: Generation, ids: list[UUID]) -> dict[UUID, Stored]:
    with connection.cursor() as cursor:
        cursor.execute(_STORED, [generation.key, ids])
        return {row[0]: Stored(row[1], bytes(row[2])) for row in cursor.fetchall()}


def _update_facts(
    generation: Generation, packed: Sequence[Packed], stored: dict[UUID, Stored]
) -> None:
    if not packed:
        return
    values: dict[str, Any] = {
        "version": generation.version,
        "numbers": [stored[each.document.listing_id].number for each in packed],
        "facts": [each.facts for each in packed],
        "generation": generation.key,
    }
    with connection.cursor() as cursor:
        cursor.execute(_UPDATE_FACTS, values)


def _remove(generation: Generation, numbers: list[int]) -> None:
    if numbers:
        with connection.cursor() as cursor:
            cursor.execute(_REMOVE, [generation.version, generation.key, numbers])


def _insert(generation: Generation, packed: Sequence[Packed]) -> None:
    SearchDocument.objects.bulk_create(
        SearchDocument(
            generation=generation,
            number=number,
            listing_id=each.document.listing_id,
            version=generation.version,
            words_hash=each.words_hash,
            facts=each.facts,
            words=list(each.document.words),
            fields=bytes(each.document.words.values()),
        )
        for number, each in enumerate(packed, generation.next_number)
    )


def differing(codes: FacetCodes, documents: Sequence[Document]) -> list[Document]:
    """Those that the live generation does not have with these words and facts."""
    codes.add_missing(documents)
    with connection.cursor() as cursor:
        cursor.execute(_STORED_LIVE, [[document.listing_id for document in documents]])
        stored = {key: (bytes(words), bytes(facts)) for key, words, facts in cursor.fetchall()}
    return [
        document
        for document, facts in zip(documents, codes.pack(documents), strict=True)
        if stored.get(document.listing_id) != (words_hash(document), facts)
    ]


def words_hash(document: Document) -> bytes:
    """A digest of a document's words and fields, in whatever order they come."""
    words = document.words
    return (sum(map(_word_hash, words, words.values())) % 2**64).to_bytes(8, "little")


@lru_cache(maxsize=200_000)
def _word_hash(word: str, fields: int) -> int:
    digest = hashlib.blake2b(word.encode(), digest_size=8, salt=bytes([fields]))
    return int.from_bytes(digest.digest(), "little")


@transaction.atomic
def merge(*, at_least: int = MERGE_FROM) -> int:
    """Move the words of changed documents into the postings; returns of how many documents.

    Does nothing for fewer than ``at_least``.
    """
    generation = live_for_update()
    unmerged = SearchDocument.objects.filter(
        generation=generation, number__gte=generation.merged_until, words__isnull=False
    )
    rows = list(unmerged.order_by("number").values_list("number", "words", "fields"))
    if len(rows) < at_least:
        return 0
    documents = ((number, words or [], bytes(fields or b"")) for number, words, fields in rows)
    append_postings(generation.key, invert_rows(documents))
    unmerged.update(words=None, fields=None)
    generation.merged_until = generation.next_number
    generation.merge_count += 1
    generation.save(update_fields=["merged_until", "merge_count"])
    return len(rows)
