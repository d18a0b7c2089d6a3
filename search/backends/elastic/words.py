"""What a plan's words are worth, as clauses that the server scores exactly."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from math import floor
from typing import Any

from search.backends.elastic.fields import KINDS, NAMES, WORTHS, kinds_of_place, named, placed
from search.language.query_plan import EXTRA, WHOLE_KIND, WHOLE_NAME, Group, Part, Plan, Way
from search.language.vocabulary import VOCABULARY

Clause = dict[str, Any]
# Longer questions count how much of a name they cover only where at most one word lacks.
_SHORT = 4
_QUARTERS = 4
_LONGEST_NAME = 100
# Up to so many spellings → digits.
_EXACTNESS = ((60, 5), (120, 2))


def needed(plan: Plan) -> list[Group]:
    """The groups that a document should have: all but quantities."""
    return [group for group in plan.groups if not group.is_extra]


def base(plan: Plan, *, all_words: bool) -> Clause:
    """What has the words (all of them, or some), scored by the words alone."""
    groups = needed(plan)
    extras = [_constant(_having(group), EXTRA) for group in plan.groups if group.is_extra]
    digits = _digits(groups)
    scored = [_scored(group, digits) for group in groups]
    if not groups:
        return {"bool": {"should": extras, "minimum_should_match": 1}}
    if all_words:
        return {"bool": {"must": scored, "should": extras}}
    some = {"bool": {"should": scored, "minimum_should_match": 1}}
    return {"bool": {"must": [some], "should": extras}}


def coverage(plan: Plan) -> list[Clause]:
    """More for a name, and a kind's name, that is the query and little else."""
    groups = needed(plan)
    found = []
    for fields, worth in ((NAMES, WHOLE_NAME), (KINDS, WHOLE_KIND)):
        shares = [
            clause
            for bit, field in fields.items()
            for clause in _shares(groups, bit, f"lengths.{field}", worth)
        ]
        if shares:
            found.append({"dis_max": {"queries": shares}})
    return found


def _digits(groups: Sequence[Group]) -> int:
    """To how many digits worths are told apart: a server takes about a thousand clauses."""
    spellings = sum(len(part.spellings) for g in groups for way in g.ways for part in way.parts)
    return next((digits for most, digits in _EXACTNESS if spellings <= most), 1)


def _scored(group: Group, digits: int) -> Clause:
    return {"dis_max": {"queries": [_way(way, group.weight, digits) for way in group.ways]}}


def _way(way: Way, weight: float, digits: int) -> Clause:
    share = weight * way.factor / len(way.parts)
    parts = [_part(part, share, digits) for part in way.parts]
    return parts[0] if len(parts) == 1 else {"bool": {"must": parts}}


def _part(part: Part, share: float, digits: int) -> Clause:
    """The best of its spellings: one clause for each worth that occurs."""
    by_worth: defaultdict[float, list[str]] = defaultdict(list)
    for word, factor in part.spellings:
        known = kinds_of_place(VOCABULARY.places_of(word))
        for kinds in range(1, len(WORTHS)):
            if kinds & known == kinds:
                by_worth[round(factor * WORTHS[kinds], digits)].append(placed(word, kinds))
    if not by_worth:
        return {"match_none": {}}
    queries = [
        _constant({"terms": {"placed": terms}}, share * worth) for worth, terms in by_worth.items()
    ]
    return queries[0] if len(queries) == 1 else {"dis_max": {"queries": queries}}


def _constant(clause: Clause, boost: float) -> Clause:
    return {"constant_score": {"filter": clause, "boost": boost}}


def _having(group: Group) -> Clause:
    """What has a group, by any of its ways."""
    return _any([_whole(way) for way in group.ways])


def _whole(way: Way) -> Clause:
    parts = [{"terms": {"words": [word for word, _ in part.spellings]}} for part in way.parts]
    return parts[0] if len(parts) == 1 else {"bool": {"filter": parts}}


def _shares(groups: Sequence[Group], bit: int, field: str, worth: float) -> Iterable[Clause]:
    """A clause for each pair of a share in quarters and a number of words there."""
    there = [clause for group in groups if (clause := _standing(group, bit))]
    least = 1 if len(groups) <= _SHORT else len(groups) - 1
    for count in range(least, len(there) + 1):
        having = there[0] if len(there) == 1 else _any(there, at_least=count)
        longest = 0
        for quarters in range(_QUARTERS, 0, -1):
            # share = 2 count / (groups + max(length, count)) is at least so many quarters
            length = floor(2 * count * _QUARTERS / quarters - len(groups) + 1e-4)
            if length < count or length <= longest:
                continue
            longest = length
            short = {"range": {field: {"lte": min(length, _LONGEST_NAME)}}}
            clause = {"bool": {"filter": [having, short]}}
            yield _constant(clause, worth * quarters / _QUARTERS)


def _standing(group: Group, bit: int) -> Clause | None:
    """What has a group with one of its words in a name of a language; None if nothing can."""
    single: list[str] = []
    ways: list[Clause] = []
    for way in group.ways:
        spellings = [word for part in way.parts for word, _ in part.spellings]
        terms = [named(word, bit) for word in spellings if VOCABULARY.places_of(word) & bit]
        if not terms:
            continue
        if len(way.parts) == 1:
            single += terms
        else:
            clauses = _whole(way)["bool"]["filter"]
            ways.append({"bool": {"filter": [*clauses, {"terms": {"named": terms}}]}})
    if single:
        ways.append({"terms": {"named": single}})
    return _any(ways) if ways else None


def _any(clauses: list[Clause], *, at_least: int = 1) -> Clause:
    if len(clauses) == 1:
        return clauses[0]
    return {"bool": {"should": clauses, "minimum_should_match": at_least}}
