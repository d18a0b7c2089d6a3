"""The field that each order beside relevance sorts by: for the server and for hits read from it."""

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

from search.query import SearchQuery, Sort


class SortField(NamedTuple):
    """A field of the index and its direction."""

    name: str
    is_descending: bool

    def key(self, fields: Mapping[str, Sequence[Any]]) -> float:
        """The number to order hits by, the smallest first."""
        value = float(fields[self.name][0])
        return -value if self.is_descending else value


def sort_field(query: SearchQuery) -> SortField | None:
    """What a query is sorted by; None for relevance."""
    amount = f"amount.{query.market}"
    fields: dict[str, SortField] = {
        Sort.NEWEST: SortField("published", is_descending=True),
        Sort.CHEAPEST: SortField(amount, is_descending=False),
        Sort.DEAREST: SortField(amount, is_descending=True),
    }
    return fields.get(query.sort)


def sort_keys(query: SearchQuery) -> list[str]:
    """The order as ``Search.sort`` takes it; ``tie`` tells equal documents apart."""
    field = sort_field(query)
    first = [f"-{field.name}" if field.is_descending else field.name] if field else []
    return [*first, "_score", "tie"]
