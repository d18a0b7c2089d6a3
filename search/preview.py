"""What new synonyms would change: the first hits of their phrases now, and with them."""

from collections.abc import Sequence
from dataclasses import dataclass

from catalog.markets import market_of
from search.backends import backend
from search.language.query_parser import parse_query
from search.language.snapshot import current_language
from search.language.synonyms import Synonyms, SynonymSet, active_synonym_sets
from search.query import SearchQuery
from search.results import Hit
from search.search import fetch_hits, search

MAX_PHRASES = 6
HITS = 5


@dataclass(frozen=True)
class Change:
    """A phrase, with how many listings it finds and the first names: now, and with the synonyms."""

    phrase: str
    total_now: int
    names_now: list[str]
    total_then: int
    names_then: list[str]


def preview_synonyms(phrases: Sequence[str], *, language: str, market: str) -> list[Change]:
    """Search for the first six phrases without and with the synonyms that they would be."""
    synonyms = Synonyms([*active_synonym_sets(), SynonymSet("", tuple(phrases))])
    changes = []
    for phrase in phrases[:MAX_PHRASES]:
        query = SearchQuery(text=phrase, language=language, market=market, page_size=HITS)
        now = search(query)
        total, hits = _search_with(synonyms, query)
        changes.append(
            Change(phrase, now.total, _names(now.hits, language), total, _names(hits, language))
        )
    return changes


def _search_with(synonyms: Synonyms, query: SearchQuery) -> tuple[int, list[Hit]]:
    """How many listings a query would find with other synonyms, and the first hits."""
    market = market_of(query.market)
    with current_language() as (vocabulary, _current):
        plan = parse_query(
            query.text,
            currency=market.currency,
            vocabulary=vocabulary,
            synonyms=synonyms,
            language=query.language,
        )
    matches = backend().find(query, plan, limit=query.page_size)
    return matches.total, fetch_hits(matches.documents[: query.page_size], market.channel_slug)


def _names(hits: Sequence[Hit], language: str) -> list[str]:
    return [hit.listing.name(language) for hit in hits]
