"""Postings: from documents with words to words with documents, in batches for an index."""

from array import array
from collections.abc import Collection, Iterable, Sequence
from typing import NamedTuple

import numpy as np

from search.indexing.documents import Document


class PostingBatch(NamedTuple):
    """The words of a batch of documents, and for each word how many documents have it.

    The ``numbers`` of those documents (rising) and the ``fields`` where the word occurs in each
    follow one another, word by word, ``counts`` of them for each; ``all_fields`` are the fields of
    a word in any document. ``until`` is the number after the batch's last. Compact, so that it can
    be passed between processes.
    """

    words: list[str]
    counts: np.ndarray
    all_fields: np.ndarray
    numbers: np.ndarray
    fields: np.ndarray
    until: int


class _WordNumbers(dict[str, int]):
    """Words numbered in order of their first occurrence."""

    def __missing__(self, word: str) -> int:
        number = self[word] = len(self)
        return number


def invert(documents: Sequence[Document], *, first_number: int = 0, until: int = 0) -> PostingBatch:
    """The postings of documents that are numbered from ``first_number`` on."""
    rows = (
        (number, document.words, bytes(document.words.values()))
        for number, document in enumerate(documents, first_number)
    )
    return invert_rows(rows, until=until)


def invert_rows(
    rows: Iterable[tuple[int, Collection[str], bytes]], *, until: int = 0
) -> PostingBatch:
    """The postings of documents given as number, words, and a byte of fields for each word."""
    known = _WordNumbers()
    word_ids, field_bytes = array("i"), bytearray()
    numbers, sizes = array("i"), array("i")
    for number, words, fields in rows:
        word_ids.extend(map(known.__getitem__, words))
        field_bytes += fields
        numbers.append(number)
        sizes.append(len(words))
    spread = np.repeat(np.frombuffer(numbers, dtype="<i4"), np.frombuffer(sizes, dtype=np.int32))
    order = np.argsort(np.frombuffer(word_ids, dtype=np.int32), kind="stable")
    counts = np.bincount(np.frombuffer(word_ids, dtype=np.int32), minlength=len(known))
    fields_by_word = np.frombuffer(field_bytes, dtype="u1")[order]
    return PostingBatch(
        list(known),
        counts.astype(np.int32),
        # Every word has a document, so no slice that is reduced is empty.
        np.bitwise_or.reduceat(fields_by_word, np.cumsum(counts) - counts)
        if known
        else fields_by_word,
        spread[order],
        fields_by_word,
        until,
    )


def merge_batches(batches: Sequence[PostingBatch]) -> PostingBatch:
    """Several batches, of rising numbers, as one."""
    known = _WordNumbers()
    ids = np.fromiter(
        (known[word] for batch in batches for word in batch.words),
        np.int32,
        sum(len(batch.words) for batch in batches),
    )
    counts = np.concatenate([batch.counts for batch in batches])
    # The slice of each word in a batch is moved as a whole: there are fewer of them than postings.
    order = np.argsort(ids, kind="stable")
    moved = counts[order]
    begins = (np.cumsum(counts) - counts)[order]
    index = np.arange(counts.sum()) + np.repeat(begins - (np.cumsum(moved) - moved), moved)
    all_fields = np.concatenate([batch.all_fields for batch in batches])[order]
    firsts = np.flatnonzero(np.diff(ids[order], prepend=-1))
    return PostingBatch(
        list(known),
        np.add.reduceat(moved, firsts) if len(firsts) else moved,
        np.bitwise_or.reduceat(all_fields, firsts) if len(firsts) else all_fields,
        np.concatenate([batch.numbers for batch in batches])[index],
        np.concatenate([batch.fields for batch in batches])[index],
        max(batch.until for batch in batches),
    )
