"""From documents with words to words with documents: what a batch gives to an index."""

from array import array
from collections.abc import Collection, Iterable, Sequence
from typing import NamedTuple

import numpy as np

from search.documents import Document


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
    ids = np.frombuffer(of_words, dtype=np.int32)
    return _by_word(
        list(known),
        ids,
        np.repeat(np.frombuffer(numbers, dtype="<i4"), np.frombuffer(sizes, dtype=np.int32)),
        np.frombuffer(of_places, dtype="u1"),
        until,
    )


def together(batches: Sequence[Grouped]) -> Grouped:
    """Several batches, of rising numbers, as one."""
    known = _Numbers()
    ids = [
        np.fromiter(map(known.__getitem__, batch.words), np.int32, len(batch.words))
        for batch in batches
    ]
    spread = [np.repeat(each, batch.counts) for each, batch in zip(ids, batches, strict=True)]
    return _by_word(
        list(known),
        np.concatenate(spread),
        np.concatenate([batch.numbers for batch in batches]),
        np.concatenate([batch.places for batch in batches]),
        max(batch.until for batch in batches),
    )


def _by_word(
    words: list[str], ids: np.ndarray, numbers: np.ndarray, places: np.ndarray, until: int
) -> Grouped:
    order = np.argsort(ids, kind="stable")
    counts, places = np.bincount(ids, minlength=len(words)), places[order]
    # Every word has a document, so no part that is reduced is empty.
    anywhere = np.bitwise_or.reduceat(places, np.cumsum(counts) - counts) if words else places
    return Grouped(words, counts.astype(np.int32), anywhere, numbers[order], places, until)
