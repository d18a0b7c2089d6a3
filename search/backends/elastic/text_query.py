"""The query plan's words as queries that score exactly by the plan's weights."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from functools import lru_cache
from math import floor

from elasticsearch.dsl.query import Bool, ConstantScore, DisMax, MatchNone, Query, Range, Terms

from search.backends.elastic.documents import MAX_NAME_LENGTH
from search.backends.elastic.terms import (
    GROUP_WEIGHTS,
    KIND_LENGTHS,
    NAME_LENGTHS,
    field_groups,
    field_term,
    name_term,
)
from search.language.query_plan import (
    KIND_COVERAGE,
    NAME_COVERAGE,
    OPTIONAL_BONUS,
    Alternative,
    QueryPlan,
    Term,
    TermGroup,
)
from search.language.vocabulary import VOCABULARY

# For longer queries the share of a name that they cover counts only if at most one word is missing.
_SHORT = 4
_QUARTERS = 4
# Up to so many spellings → to how many decimal places their weights are told apart.
_PRECISION = ((60, 5), (120, 2))


def required_groups(plan: QueryPlan) -> list[TermGroup]:
    """The groups that a document should match: all but quantities."""
    return [group for group in plan.groups if not group.is_optional]


def word_query(plan: QueryPlan, *, all_words: bool) -> Query:
    """Documents with all words, or with any of them, scored by the words alone."""
    groups = required_groups(plan)
    optional = [
        ConstantScore(filter=_has_group(group), boost=OPTIONAL_BONUS)
        for group in plan.groups
        if group.is_optional
    ]
    if not groups:
        return Bool(should=optional, minimum_should_match=1)
    digits = _digits(groups)
    scored = [
        DisMax(
            queries=[_alternative(alternative, g.weight, digits) for alternative in g.alternatives]
        )
        for g in groups
    ]
    if all_words:
        return Bool(must=scored, should=optional)
    return Bool(must=[Bool(should=scored, minimum_should_match=1)], should=optional)


def coverage_queries(plan: QueryPlan) -> list[Query]:
    """Additional score for a name, or a kind's name, that has few words beside the query's."""
    groups = required_groups(plan)
    found: list[Query] = []
    for fields, weight in ((NAME_LENGTHS, NAME_COVERAGE), (KIND_LENGTHS, KIND_COVERAGE)):
        shares = [
            query
            for bit, field in fields.items()
            for query in _shares(groups, bit, f"lengths.{field}", weight)
        ]
        if shares:
            found.append(DisMax(queries=shares))
    return found


def _digits(groups: Sequence[TermGroup]) -> int:
    """The precision of weights: each distinct one is a clause, and servers limit these to 1024."""
    spellings = sum(
        len(term.spellings)
        for g in groups
        for alternative in g.alternatives
        for term in alternative.terms
    )
    return next((digits for most, digits in _PRECISION if spellings <= most), 1)


def _alternative(alternative: Alternative, weight: float, digits: int) -> Query:
    share = weight * alternative.factor / len(alternative.terms)
    terms = [_term(term, share, digits) for term in alternative.terms]
    return terms[0] if len(terms) == 1 else Bool(must=terms)


def _term(term: Term, share: float, digits: int) -> Query:
    """The best of a word's spellings: one clause for each weight that occurs."""
    by_weight: defaultdict[float, list[str]] = defaultdict(list)
    for stem, factor in term.spellings:
        known = field_groups(VOCABULARY.fields_of(stem))
        for groups in range(1, len(GROUP_WEIGHTS)):
            if groups & known == groups:
                weight = round(factor * GROUP_WEIGHTS[groups], digits)
                by_weight[weight].append(field_term(stem, groups))
    if not by_weight:
        return MatchNone()
    return _best(
        [
            ConstantScore(filter=Terms("placed", terms), boost=share * weight)
            for weight, terms in by_weight.items()
        ]
    )


def _has_group(group: TermGroup) -> Query:
    """Documents with a group, by any of its ways."""
    alternatives = [_has_all(alternative) for alternative in group.alternatives]
    return _any([terms[0] if len(terms) == 1 else Bool(filter=terms) for terms in alternatives])


def _has_all(alternative: Alternative) -> list[Query]:
    return [Terms("words", [stem for stem, _ in term.spellings]) for term in alternative.terms]


def _shares(groups: Sequence[TermGroup], bit: int, field: str, weight: float) -> Iterator[Query]:
    """A query for each share (in quarters) of a name's words that the query's words make up."""
    there = [query for group in groups if (query := _in_name(group, bit))]
    least = 1 if len(groups) <= _SHORT else len(groups) - 1
    for count in range(least, len(there) + 1):
        matching = there[0] if len(there) == 1 else _any(there, at_least=count)
        shares = [
            _share(field, min(length, MAX_NAME_LENGTH), weight * quarters / _QUARTERS)
            for quarters, length in _longest_names(len(groups), count)
        ]
        if shares:
            yield Bool(filter=matching, must=_best(shares))


@lru_cache(maxsize=1024)
def _share(field: str, length: int, score: float) -> Query:
    """The score of names that have at most ``length`` words."""
    return ConstantScore(filter=Range(field, {"lte": length}), boost=score)


def _longest_names(groups: int, count: int) -> Iterator[tuple[int, int]]:
    """Shares in quarters, each with the longest name of which ``count`` words make up so much.

    The share is ``2 * count / (groups + max(length, count))``; the largest comes first.
    """
    longest = 0
    for quarters in range(_QUARTERS, 0, -1):
        length = floor(2 * count * _QUARTERS / quarters - groups + 1e-4)
        if length >= count and length > longest:
            longest = length
            yield quarters, length


def _in_name(group: TermGroup, bit: int) -> Query | None:
    """Documents with a group, one of its words in a name of a language; None if there is none."""
    single: list[str] = []
    queries: list[Query] = []
    for alternative in group.alternatives:
        stems = [stem for term in alternative.terms for stem, _ in term.spellings]
        terms = [name_term(stem, bit) for stem in stems if VOCABULARY.fields_of(stem) & bit]
        if not terms:
            continue
        if len(alternative.terms) == 1:
            single += terms
        else:
            queries.append(Bool(filter=[*_has_all(alternative), Terms("named", terms)]))
    if single:
        queries.append(Terms("named", single))
    return _any(queries) if queries else None


def _best(queries: list[Query]) -> Query:
    """The highest score of any of the queries."""
    return queries[0] if len(queries) == 1 else DisMax(queries=queries)


def _any(queries: list[Query], *, at_least: int = 1) -> Query:
    if len(queries) == 1:
        return queries[0]
    return Bool(should=queries, minimum_should_match=at_least)
