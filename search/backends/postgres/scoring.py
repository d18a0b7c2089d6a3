"""Which documents match a plan, and their text scores.

Everything is computed for the documents that have a word, not for all; sums are made in the
reader's scratch arrays, of which only the places of those documents are touched.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from search.backends.postgres.reader import Reader, TermMatches
from search.indexing.documents import KIND, LANGUAGES, NAME
from search.language.query_plan import (
    FIELD_WEIGHTS,
    KIND_COVERAGE,
    NAME_COVERAGE,
    OPTIONAL_BONUS,
    RELAXED_SHARE,
    Alternative,
    QueryPlan,
    Term,
    TermGroup,
)

_FIELD_WEIGHTS = np.array(FIELD_WEIGHTS, dtype=np.float32)
_ONE = np.uint8(1)


@dataclass
class TextMatches:
    """Documents that match the text, rising, with their text scores (0 to about 1.7)."""

    numbers: np.ndarray
    scores: np.ndarray
    is_relaxed: bool = False
    groups: tuple[tuple[str, TermMatches], ...] = ()

    def missing_words(self, number: int) -> tuple[str, ...]:
        """The words of the query that a document lacks."""
        groups = self.groups
        return tuple(text for text, matches in groups if not (matches.numbers == number).any())


_NO_MATCHES = TermMatches(
    np.empty(0, dtype=np.intp), np.empty(0, dtype=np.float32), np.empty(0, dtype=np.uint8)
)


def match(reader: Reader, plan: QueryPlan, slot: int) -> TextMatches:
    """The documents sold in a market that have every word; if none has, those with most."""
    sold = reader.columns.sold_in(slot)
    if not plan.groups:
        numbers = np.flatnonzero(sold) if plan.is_browsing else _NO_MATCHES.numbers
        return TextMatches(numbers, np.zeros(len(numbers), dtype=np.float32))
    required = [group for group in plan.groups if not group.is_optional]
    matches = [_group(reader, group) for group in required]
    optional = [_group(reader, group) for group in plan.groups if group.is_optional]
    _add_up(reader, required, matches, optional)
    numbers, is_relaxed = _matching(reader, matches or optional, sold, len(required))
    scores = reader.scratch.total[numbers]
    for each in (*matches, *optional):
        reader.scratch.clear(each.numbers, reader.scratch.total, reader.scratch.count)
    if is_relaxed and len(numbers):
        enough = scores >= RELAXED_SHARE * scores.max()
        numbers, scores = numbers[enough], scores[enough]
    scores = scores + _coverage(reader, matches, numbers)
    texts = (group.text for group in required)
    return TextMatches(numbers, scores, is_relaxed, tuple(zip(texts, matches, strict=True)))


def _add_up(
    reader: Reader,
    required: Sequence[TermGroup],
    matches: Sequence[TermMatches],
    optional: Sequence[TermMatches],
) -> None:
    """Add the scores of all groups, and count the required ones, in the scratch arrays."""
    scratch = reader.scratch
    for group, each in zip(required, matches, strict=True):
        np.add.at(scratch.total, each.numbers, np.float32(group.weight) * each.scores)
        np.add.at(scratch.count, each.numbers, _ONE)
    for each in optional:
        np.add.at(scratch.total, each.numbers, np.float32(OPTIONAL_BONUS))


def _matching(
    reader: Reader, matches: Sequence[TermMatches], sold: np.ndarray, required: int
) -> tuple[np.ndarray, bool]:
    """The documents with all required groups; if there are none, those with any, relaxed."""
    scratch, size = reader.scratch, reader.columns.size
    fewest = min(matches, key=lambda each: len(each.numbers)).numbers
    if required:
        complete = fewest[sold[fewest] & (scratch.count[fewest] == required)]
        if len(complete) or required == 1:
            return complete, False
    some = np.flatnonzero(scratch.total[:size] > 0)
    some = some[sold[some]]
    return (some[scratch.count[some] > 0], True) if required else (some, False)


def _group(reader: Reader, group: TermGroup) -> TermMatches:
    """The documents that match a group by any alternative, each by its best."""
    if len(group.alternatives) == 1:
        return _alternative(reader, group.alternatives[0])
    cached = reader.matches.get(group.alternatives)
    if cached is None:
        cached = _best(reader, [_alternative(reader, each) for each in group.alternatives])
        reader.matches.put(group.alternatives, cached)
    return cached


def _alternative(reader: Reader, alternative: Alternative) -> TermMatches:
    """The documents that match all terms of an alternative; their score is the terms' mean."""
    terms = [_term(reader, term) for term in alternative.terms]
    if len(terms) == 1:
        if alternative.factor == 1:
            return terms[0]
        return terms[0]._replace(scores=terms[0].scores * np.float32(alternative.factor))
    scratch = reader.scratch
    for term in terms:
        np.add.at(scratch.count, term.numbers, _ONE)
        np.add.at(scratch.scores, term.numbers, term.scores)
        scratch.fields[term.numbers] |= term.fields
    fewest = min(terms, key=lambda term: len(term.numbers)).numbers
    numbers = fewest[scratch.count[fewest] == len(terms)]
    share = np.float32(alternative.factor / len(terms))
    matches = TermMatches(numbers, scratch.scores[numbers] * share, scratch.fields[numbers])
    for term in terms:
        scratch.clear(term.numbers, scratch.count, scratch.scores, scratch.fields)
    return matches


def _term(reader: Reader, term: Term) -> TermMatches:
    """The documents that have a word in any of its spellings, each by its best."""
    cached = reader.matches.get(term)
    if cached is None:
        cached = _best(reader, [_spelling(reader, *spelling) for spelling in term.spellings])
        reader.matches.put(term, cached)
    return cached


def _spelling(reader: Reader, stem: str, factor: float) -> TermMatches:
    numbers, fields = reader.postings(stem)
    return TermMatches(numbers, np.float32(factor) * _FIELD_WEIGHTS[fields], fields)


def _best(reader: Reader, matches: Sequence[TermMatches]) -> TermMatches:
    """The union of matches, with the best score of each document."""
    matches = [each for each in matches if len(each.numbers)]
    if len(matches) <= 1:
        return matches[0] if matches else _NO_MATCHES
    scratch = reader.scratch
    for each in matches:
        np.maximum.at(scratch.scores, each.numbers, each.scores)
        scratch.fields[each.numbers] |= each.fields
    numbers = np.flatnonzero(scratch.fields[: reader.columns.size] != 0)
    best = TermMatches(numbers, scratch.scores[numbers], scratch.fields[numbers])
    scratch.clear(numbers, scratch.scores, scratch.fields)
    return best


def _fields(reader: Reader, matches: TermMatches, numbers: np.ndarray) -> np.ndarray:
    """The fields where a group occurs in given documents."""
    if matches.numbers is numbers:
        return matches.fields
    scratch = reader.scratch
    scratch.fields[matches.numbers] = matches.fields
    picked: np.ndarray = scratch.fields[numbers]
    scratch.clear(matches.numbers, scratch.fields)
    return picked


def _coverage(reader: Reader, matches: Sequence[TermMatches], numbers: np.ndarray) -> np.ndarray:
    """Additional score for a name, or a kind's name, that has few words beside the query's."""
    added = np.zeros(len(numbers), dtype=np.float32)
    if not matches or not len(numbers):
        return added
    fields = [_fields(reader, each, numbers) for each in matches]
    any_field = np.bitwise_or.reduce([int(np.bitwise_or.reduce(each)) for each in fields])
    for bits, lengths, weight in (
        (NAME, "name_lengths", NAME_COVERAGE),
        (KIND, "kind_lengths", KIND_COVERAGE),
    ):
        best = np.zeros(len(numbers), dtype=np.float32)
        for n, language in enumerate(LANGUAGES):
            if not any_field & bits[language]:
                continue
            bit = np.uint8(bits[language])
            count = np.sum([(each & bit) > 0 for each in fields], axis=0, dtype=np.float32)
            length = reader.columns.in_language(lengths, n)[numbers].astype(np.float32)
            share = 2 * count / (len(fields) + np.maximum(length, count))
            np.maximum(best, share, out=best)
        # In quarters: that one name is a word longer than another says little.
        added += np.float32(weight) * (np.floor(best * 4 + 1e-4) / 4)
    return added
