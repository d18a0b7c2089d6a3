"""From the text that a buyer typed to a query plan."""

from collections.abc import Sequence
from dataclasses import replace

from search.language.filter_mentions import filter_mentions
from search.language.normalizing import is_quantity, normalize, query_tokens
from search.language.phrases import phrase_groups, without_quotation_marks
from search.language.price_parsing import parse_prices
from search.language.query_plan import FACTORS, QueryPlan, Term, TermGroup
from search.language.spelling import Speller
from search.language.synonyms import Synonyms
from search.language.term_groups import group_tokens
from search.language.vocabulary import Vocabulary

MAX_TOKENS = 10
# A guess that fits worse does not count beside a word that is clear.
_LEAST_FIT = 0.5


def parse_query(
    text: str,
    *,
    currency: str,
    vocabulary: Vocabulary,
    synonyms: Synonyms,
    language: str | None = None,
) -> QueryPlan:
    """Parse a query: prices in minor units of ``currency``, quoted phrases, and its first 10 words.

    ``language`` is the page's, by which numbers are read; None is the active one.

    The stages, in order: take prices and quotation marks out, tokenize, find spellings and
    synonyms and group the tokens, drop guesses, set weights, find mentioned filters.
    """
    prices = parse_prices(without_quotation_marks(text), currency, language)
    tokens = query_tokens(prices.text)[:MAX_TOKENS]
    normalized = normalize(text)
    groups = _require_something(list(group_tokens(tokens, Speller(vocabulary, synonyms))))
    groups = _proportional([*phrase_groups(text), *_without_guesses(groups, vocabulary)])
    stems = {token.text: token.stem for token in tokens}
    return QueryPlan(
        groups=tuple(groups),
        is_browsing=not prices.text.strip(),
        price_min_minor=prices.lowest,
        price_max_minor=prices.highest,
        likely_prices=prices.likely,
        filter_mentions=tuple(filter_mentions(tokens, text)),
        corrections={stems[g.text]: g.correction for g in groups if g.correction},
        normalized_text=normalized,
    )


def _require_something(groups: list[TermGroup]) -> list[TermGroup]:
    """A query of descriptive words and quantities only requires its descriptive words."""
    if all(group.is_optional for group in groups):
        return [replace(group, is_optional=is_quantity(group.text)) for group in groups]
    return groups


def _without_guesses(groups: list[TermGroup], vocabulary: Vocabulary) -> list[TermGroup]:
    """A word that can only be guessed stays as typed where another word is clear.

    Otherwise the guess would exclude documents that have the clear words.
    """
    fits = [_best_fit(group, vocabulary) for group in groups]
    pairs = list(zip(groups, fits, strict=True))
    if not any(fit >= FACTORS["correction"] for group, fit in pairs if not group.is_optional):
        return groups
    return [group if fit >= _LEAST_FIT else _as_typed(group) for group, fit in pairs]


def _best_fit(group: TermGroup, vocabulary: Vocabulary) -> float:
    """How well words that documents have fit a group at best."""
    return max(
        alternative.factor * min(_term_fit(term, vocabulary) for term in alternative.terms)
        for alternative in group.alternatives
    )


def _term_fit(term: Term, vocabulary: Vocabulary) -> float:
    known = (s.factor for s in term.spellings if vocabulary.document_count(s.stem))
    return max(known, default=0.0)


def _as_typed(group: TermGroup) -> TermGroup:
    own = group.alternatives[0]
    terms = tuple(Term(term.spellings[:1]) for term in own.terms)
    return replace(group, alternatives=(replace(own, terms=terms),))


def _proportional(groups: Sequence[TermGroup]) -> list[TermGroup]:
    total = sum(group.weight for group in groups) or 1.0
    return [replace(group, weight=group.weight / total) for group in groups]
