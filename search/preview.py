"""What a group of synonyms would change: the first hits of its phrases now, and with it."""

from collections.abc import Sequence
from dataclasses import dataclass

from search.backends import backend
from search.language.query_parser import understand
from search.language.synonyms import Lexicon, Synonyms, groups_in_force
from search.language.vocabulary import VOCABULARY
from search.query import SearchQuery
from search.search import results_of, search

MOST_PHRASES = 6
HITS = 5


@dataclass(frozen=True)
class Change:
    """A phrase, with how many listings and the first names: now, and with the new group."""

    phrase: str
    total_now: int
    names_now: list[str]
    total_then: int
    names_then: list[str]


def preview(phrases: Sequence[str], *, language: str, market: str) -> list[Change]:
    """Ask each phrase (the first six) as things are, and as they would be."""
    then = Lexicon([*groups_in_force(), Synonyms("", tuple(phrases))])
    changes = []
    for phrase in phrases[:MOST_PHRASES]:
        query = SearchQuery(text=phrase, language=language, market=market, page_size=HITS)
        now = search(query)
        plan = understand(query, VOCABULARY, then)
        found = backend().find(query, plan, first=HITS)
        names = [hit.listing.name(language) for hit in results_of(query, found)]
        changes.append(
            Change(
                phrase, now.total, [h.listing.name(language) for h in now.hits], found.total, names
            )
        )
    return changes
