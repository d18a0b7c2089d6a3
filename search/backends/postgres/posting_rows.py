"""Postings as rows of the database: one for each word of a generation."""

from collections.abc import Iterator
from uuid import UUID

import numpy as np
from django.db import connection

from search.indexing.postings import PostingBatch

_ROWS_AT_ONCE = 2000
_APPEND = """
    INSERT INTO search_posting AS p (generation_id, word, numbers, fields)
    SELECT %s, * FROM unnest(%s::text[], %s::bytea[], %s::bytea[])
    ON CONFLICT (generation_id, word) DO UPDATE
    SET numbers = p.numbers || EXCLUDED.numbers, fields = p.fields || EXCLUDED.fields
"""
_COPY = "COPY search_posting (generation_id, word, numbers, fields) FROM STDIN (FORMAT BINARY)"
_COPIED_TYPES = ("uuid", "varchar", "bytea", "bytea")


def copy_postings(generation: UUID, batch: PostingBatch) -> None:
    """Write the first postings of a generation."""
    with connection.cursor() as cursor, cursor.copy(_COPY) as copy:
        copy.set_types(_COPIED_TYPES)
        for row in _rows(batch):
            copy.write_row((generation, *row))


def append_postings(generation: UUID, batch: PostingBatch) -> None:
    """Add to the postings of a generation."""
    rows = list(_rows(batch))
    with connection.cursor() as cursor:
        for start in range(0, len(rows), _ROWS_AT_ONCE):
            columns = zip(*rows[start : start + _ROWS_AT_ONCE], strict=True)
            cursor.execute(_APPEND, [generation, *map(list, columns)])


def _rows(batch: PostingBatch) -> Iterator[tuple[str, bytes, bytes]]:
    """Words in order, each with the numbers and fields of its documents as bytes."""
    numbers, fields = batch.numbers.astype("<i4").tobytes(), batch.fields.tobytes()
    ends = np.cumsum(batch.counts).tolist()
    spans = zip(batch.words, [0, *ends[:-1]], ends, strict=True)
    for word, start, end in sorted(spans):
        yield word, numbers[4 * start : 4 * end], fields[start:end]
