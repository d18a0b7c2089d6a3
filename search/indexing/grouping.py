"""From documents with words to words with documents: what a batch gives to an index."""

from array import array
from collections.abc import Collection, Iterable, Sequence
from typing import NamedTuple

import numpy as np

from search.indexing.documents import Document


class Grouped(NamedTuple):
    """The words of a batch, and for each word how many documents have it (``counts``).

    Those documents' ``numbers`` (rising) and the ``places`` where it stands in each follow each
    other, word by word; ``anywhere`` are all places of a word. ``until`` is the number after the
    batch's last. Small enough to be handed from process to process.
    """

    words: list[str]
    counts: np.ndarray
    anywhere: np.ndarray
    numbers: np.ndarray
    places: np.ndarray
    until: int


class _Numbers(dict[str, int]):
    """Words numbered as they come."""

    def __missing__(self, word: str) -> int:
        number = self[word] = len(self)
        return number


def group(documents: Sequence[Document], *, first: int = 0, until: int = 0) -> Grouped:
    """The words of documents that are numbered from ``first`` on."""
    rows = (
        (first + n, document.words, bytes(document.words.values()))
        for n, document in enumerate(documents)
    )
    return group_rows(rows, until=until)


def group_rows(rows: Iterable[tuple[int, Collection[str], bytes]], *, until: int = 0) -> Grouped:
    """The words of documents, told as number, words, and a byte of places for each word."""
    known = _Numbers()
    of_words, of_places = array("i"), bytearray()
    numbers, sizes = array("i"), array("i")
    for number, words, places in rows:
        of_words.extend(map(known.__getitem__, words))
        of_places += places
        numbers.append(number)
        sizes.append(len(words))
    spread = np.repeat(np.frombuffer(numbers, dtype="<i4"), np.frombuffer(sizes, dtype=np.int32))
    order = np.argsort(np.frombuffer(of_words, dtype=np.int32), kind="stable")
    counts = np.bincount(np.frombuffer(of_words, dtype=np.int32), minlength=len(known))
    places_by_word = np.frombuffer(of_places, dtype="u1")[order]
    return Grouped(
        list(known),
        counts.astype(np.int32),
        # Every word has a document, so no part that is reduced is empty.
        np.bitwise_or.reduceat(places_by_word, np.cumsum(counts) - counts)
        if known
        else places_by_word,
        spread[order],
        places_by_word,
        until,
    )


def together(batches: Sequence[Grouped]) -> Grouped:
    """Several batches, of rising numbers, as one."""
    known = _Numbers()
    ids = np.fromiter(
        (known[word] for batch in batches for word in batch.words),
        np.int32,
        sum(len(batch.words) for batch in batches),
    )
    counts = np.concatenate([batch.counts for batch in batches])
    # Each word's part of a batch is moved as a whole: there are fewer parts than documents' words.
    order = np.argsort(ids, kind="stable")
    moved = counts[order]
    begins = (np.cumsum(counts) - counts)[order]
    index = np.arange(counts.sum()) + np.repeat(begins - (np.cumsum(moved) - moved), moved)
    anywhere = np.concatenate([batch.anywhere for batch in batches])[order]
    firsts = np.flatnonzero(np.diff(ids[order], prepend=-1))
    return Grouped(
        list(known),
        np.add.reduceat(moved, firsts) if len(firsts) else moved,
        np.bitwise_or.reduceat(anywhere, firsts) if len(firsts) else anywhere,
        np.concatenate([batch.numbers for batch in batches])[index],
        np.concatenate([batch.places for batch in batches])[index],
        max(batch.until for batch in batches),
    )
