"""The query plan: what to look for, and the weights by which backends score it.

A ``TermGroup`` is one word of the query, or a phrase of it that has synonyms. A document matches
a group by any of its alternatives; an ``Alternative`` is a list of terms that must all be there,
and a ``Term`` is a word in any of its spellings. How well a spelling fits is its factor, 0 to 1.
"""

from dataclasses import dataclass, field
from typing import NamedTuple

from search.indexing.documents import ABOUT, KIND, NAME, TEXT
from search.language.price_parsing import Span

# The weight of a word by the field where it occurs, and the share of its second best field.
_FIELD_WEIGHTS = (
    (sum(NAME.values()), 1.0),
    (sum(KIND.values()), 0.85),
    (ABOUT, 0.4),
    (TEXT, 0.15),
)
_SECOND_FIELD = 0.12
# Added for the share of a name, and of a kind's name, that the query covers.
NAME_COVERAGE = 0.1
KIND_COVERAGE = 0.5
# Added for a group that a document need not have.
OPTIONAL_BONUS = 0.12
# A word that names a kind of goods identifies more than one that only describes.
KIND_NAME_BOOST = 4.0
# When no document has all words: those with this share of the best document's score.
RELAXED_SHARE = 0.6
# Text scores are compared in steps of this size; within a step the ranking signals decide.
SCORE_STEP = 0.04

FACTORS = {
    "exact": 1.0,
    "prefix": 0.75,
    "synonym": 0.9,
    "correction": 0.62,
    "phonetic_correction": 0.4,
}


def phonetic_factor(distance: float) -> float:
    """How well a word fits whose sound is so far from the typed one."""
    return max(0.8 - 0.7 * distance, 0.25)


def field_weight(fields: int) -> float:
    """The weight of a word that occurs in these fields (bits, see ``indexing.documents``)."""
    weights = sorted((weight for bits, weight in _FIELD_WEIGHTS if fields & bits), reverse=True)
    best, second = (*weights, 0.0, 0.0)[:2]
    return best + _SECOND_FIELD * second


FIELD_WEIGHTS = tuple(field_weight(fields) for fields in range(256))


class Spelling(NamedTuple):
    """A stem that may be meant by a typed word, and how well it fits."""

    stem: str
    factor: float


@dataclass(frozen=True)
class Term:
    """A word in all its spellings, the best first."""

    spellings: tuple[Spelling, ...]


def exact_terms(stems: tuple[str, ...]) -> tuple[Term, ...]:
    """Terms that match just these stems."""
    return tuple(Term((Spelling(stem, FACTORS["exact"]),)) for stem in stems)


@dataclass(frozen=True)
class Alternative:
    """Terms that together stand for a group, and how well they do."""

    terms: tuple[Term, ...]
    factor: float = 1.0


@dataclass(frozen=True)
class TermGroup:
    """A word or phrase of the query, as typed in ``text``.

    ``weight`` is its share of the text score; all groups together have 1. An optional group (a
    quantity, a descriptive word) adds to the score of a document and excludes none. ``correction``
    is the stem that a misspelt word was corrected to, or empty.
    """

    text: str
    alternatives: tuple[Alternative, ...]
    weight: float = 1.0
    is_optional: bool = False
    correction: str = ""


@dataclass(frozen=True)
class FilterMention:
    """A filter that words of the query name, and the text as typed without its name."""

    facet: str
    value: str
    remaining_text: str


@dataclass(frozen=True)
class QueryPlan:
    """A parsed query. Prices are minor units of the market's currency, None if not mentioned.

    ``is_browsing`` is true for a query without words. ``corrections`` maps misspelt stems to the
    stems they were corrected to; ``normalized_text`` is the whole text, normalized.
    ``likely_prices`` has two spans where the text can mean either.
    """

    groups: tuple[TermGroup, ...] = ()
    is_browsing: bool = False
    price_min_minor: int | None = None
    price_max_minor: int | None = None
    likely_prices: tuple[Span, ...] = ()
    filter_mentions: tuple[FilterMention, ...] = ()
    corrections: dict[str, str] = field(default_factory=dict)
    normalized_text: str = ""

    @property
    def stems(self) -> frozenset[str]:
        """All stems that may match."""
        return frozenset(
            spelling.stem
            for group in self.groups
            for alternative in group.alternatives
            for term in alternative.terms
            for spelling in term.spellings
        )
