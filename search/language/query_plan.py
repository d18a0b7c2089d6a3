"""What to look for: the words of a query, each with everything that may stand for it.

A ``Group`` is one word of the query, or a phrase of it that has synonyms. A document has it by any
of its ``ways``; a way is a row of words that must all be there, each by any of its spellings. How
well a spelling fits is its factor, 0 to 1. Backends score by the numbers of this module.
"""

from dataclasses import dataclass, field

from search.indexing.documents import ABOUT, KIND, NAME, TEXT

# What a word is worth by where it stands, and what its second place adds.
_KINDS_OF_PLACE = (
    (sum(NAME.values()), 1.0),
    (sum(KIND.values()), 0.85),
    (ABOUT, 0.4),
    (TEXT, 0.15),
)
_SECOND_PLACE = 0.12
# What is added for the share of a name, and of a kind's name, that the query covers.
WHOLE_NAME = 0.1
WHOLE_KIND = 0.5
# What is added for a group that need not be there.
EXTRA = 0.12
# A word that names a kind of goods tells more than one that only describes.
NAMES_GOODS = 4.0
# When no document has everything: those with this share of the best one's worth.
ENOUGH_OF_THE_BEST = 0.6
# Text worth is compared in steps of this; within a step the other signals decide.
STEP = 0.04

FACTORS = {"exact": 1.0, "begun": 0.75, "synonym": 0.9, "meant": 0.62, "misheard": 0.4}


def heard_factor(cost: float) -> float:
    """How well a word fits that sounds so far from the typed one."""
    return max(0.8 - 0.7 * cost, 0.25)


def place_worth(places: int) -> float:
    """What a word is worth that stands in these places."""
    worths = sorted((worth for bit, worth in _KINDS_OF_PLACE if places & bit), reverse=True)
    return worths[0] + (_SECOND_PLACE * worths[1] if len(worths) > 1 else 0.0) if worths else 0.0


PLACE_WORTH = tuple(place_worth(places) for places in range(256))


@dataclass(frozen=True)
class Part:
    """A word in all its spellings: pairs of a stem and how well it fits, the best first."""

    spellings: tuple[tuple[str, float], ...]


@dataclass(frozen=True)
class Way:
    """A row of words that stands for a group, and how well it does."""

    parts: tuple[Part, ...]
    factor: float = 1.0


@dataclass(frozen=True)
class Group:
    """A word or phrase of the query. ``weight`` is its share; all groups together have 1.

    An ``is_extra`` one (a quantity, a word of praise) adds to a listing that has it and hides none.
    """

    typed: str
    ways: tuple[Way, ...]
    weight: float = 1.0
    is_extra: bool = False
    respelt: str = ""


@dataclass(frozen=True)
class Offered:
    """A filter that the words name: the facet, its value, and the words without it."""

    facet: str
    value: str
    rest: str


@dataclass(frozen=True)
class Plan:
    """A query as understood. Prices are minor units of the market's currency, None if unsaid."""

    groups: tuple[Group, ...] = ()
    is_browsing: bool = False
    price_min_minor: int | None = None
    price_max_minor: int | None = None
    offered: tuple[Offered, ...] = field(default_factory=tuple)
    respelt: dict[str, str] = field(default_factory=dict)

    @property
    def words(self) -> frozenset[str]:
        """Every stem that may matter."""
        return frozenset(
            word
            for group in self.groups
            for way in group.ways
            for part in way.parts
            for word, _ in part.spellings
        )
