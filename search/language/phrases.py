"""Quoted phrases: their words must stand side by side in a listing's name."""

import re
from collections.abc import Iterator

from search.indexing.documents import adjacent_pairs
from search.language.normalizing import stem, tokenize
from search.language.query_plan import Alternative, TermGroup, exact_terms

_QUOTED = re.compile(r'"([^"]+)"|«([^«»]+)»|“([^“”]+)”|„([^„“”]+)[“”]')
MAX_PHRASES = 3
MAX_WORDS_IN_PHRASE = 10


def without_quotation_marks(text: str) -> str:
    """The text without its quotation marks; the words between them stay."""
    return _QUOTED.sub(lambda match: f" {_quoted(match)} ", text)


def phrase_groups(text: str) -> Iterator[TermGroup]:
    """A group for each quoted phrase of a text, to match beside its single words."""
    for match in list(_QUOTED.finditer(text))[:MAX_PHRASES]:
        words = tokenize(_quoted(match))[:MAX_WORDS_IN_PHRASE]
        stems = adjacent_pairs(words) or [stem(word) for word in words]
        if stems:
            alternative = Alternative(exact_terms(tuple(stems)))
            yield TermGroup(f"“{_quoted(match).strip()}”", (alternative,))


def _quoted(match: re.Match[str]) -> str:
    return next(text for text in match.groups() if text)
