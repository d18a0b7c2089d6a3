"""The facets of a page of results: their values with labels, and the filters the text mentions."""

from dataclasses import dataclass

from search.facet_labels import labels_by_facet
from search.filters import FACETS
from search.language.query_plan import FilterMention, QueryPlan
from search.query import SearchQuery
from search.results import Facet, FilterSuggestion

MAX_CHOICES = 40
MAX_SUGGESTIONS = 4

# Facet → value → number of documents.
Counts = dict[str, dict[str, int]]


@dataclass(frozen=True)
class Facets:
    """All facets of a page of results, by name, and the filters to suggest."""

    by_name: dict[str, list[Facet]]
    suggestions: list[FilterSuggestion]


def build_facets(query: SearchQuery, plan: QueryPlan, counts: Counts) -> Facets:
    """Choose the values to show of each facet, and label them in the query's language."""
    values = {name: _values(counts.get(name, {}), set(getattr(query, name))) for name in FACETS}
    mentions = _useful_mentions(query, plan, counts)
    labelled = {name: list(numbers) for name, numbers in values.items()}
    for mention in mentions:
        labelled[mention.facet].append(mention.value)
    labels = labels_by_facet(labelled, query.language)
    by_name = {
        name: [
            Facet(value, labels[name].get(value, value), count, value in getattr(query, name))
            for value, count in numbers.items()
        ]
        for name, numbers in values.items()
    }
    suggestions = [
        FilterSuggestion(
            mention.facet,
            mention.value,
            labels[mention.facet][mention.value],
            counts[mention.facet][mention.value],
            mention.remaining_text,
        )
        for mention in mentions
    ]
    return Facets(by_name, suggestions)


def _values(counts: dict[str, int], chosen: set[str]) -> dict[str, int]:
    """The values with hits, and those chosen even without any: chosen first, then most hits."""
    counted = {**dict.fromkeys(chosen, 0), **counts} if chosen else counts
    values = [value for value, count in counted.items() if value and (count or value in chosen)]
    if len(values) > MAX_CHOICES:
        # Of hundreds of cooperatives only those are sorted that may be among the first.
        least = sorted(counted.values(), reverse=True)[MAX_CHOICES - 1]
        values = [value for value in values if counted[value] >= least or value in chosen]
    values.sort(key=lambda value: (value not in chosen, -counted[value], value))
    return {value: counted[value] for value in values[:MAX_CHOICES]}


def _useful_mentions(query: SearchQuery, plan: QueryPlan, counts: Counts) -> list[FilterMention]:
    """The mentioned filters that leave something, of facets that are not filtered yet."""
    found = [
        mention
        for mention in plan.filter_mentions
        if counts.get(mention.facet, {}).get(mention.value) and not getattr(query, mention.facet)
    ]
    return found[:MAX_SUGGESTIONS]
