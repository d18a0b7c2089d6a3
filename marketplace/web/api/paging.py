"""Relay connections: pages of at most a hundred, with stable cursors.

A cursor holds the values by which its row is ordered, not a position: rows that are added or
removed meanwhile neither repeat nor skip others. Clients must treat it as opaque.
"""

import base64
import binascii
import json
from collections.abc import Callable, Sequence
from functools import cache
from typing import Any, Protocol

import graphene
from django.core.exceptions import ValidationError
from django.db.models import F, Q, QuerySet
from graphql import GraphQLResolveInfo

from marketplace.web.api.errors import OddCursor, OddPage
from marketplace.web.api.fields import argument, field, several

MOST = 100
USUAL = 20
# (field, whether descending); no field may be null, and together they are unique.
Order = Sequence[tuple[str, bool]]
FIRST = argument(graphene.Int, f"How many, 1 to {MOST}; {USUAL} when left out.")


class PageInfo(graphene.ObjectType):
    """Where a page of a list stands."""

    has_next_page = field(graphene.Boolean, "Whether more follow.")
    end_cursor = field(
        graphene.String, "What to give as “after” for the next page.", required=False
    )


@cache
def connection_of(node: Any) -> Any:
    """The connection of a type: ``edges``, ``pageInfo``, ``totalCount``."""
    name = node._meta.name  # noqa: SLF001 -- graphene keeps a type's name there
    edge = type(
        f"{name}Edge",
        (graphene.ObjectType,),
        {
            "__doc__": "One of the list, with its place in it.",
            "node": field(node, "The thing itself."),
            "cursor": field(graphene.String, "Its place: give it as “after” to go on from here."),
        },
    )
    return type(
        f"{name}Connection",
        (graphene.ObjectType,),
        {
            "__doc__": "A page of a list.",
            "edges": several(edge, "The page's rows, in order."),
            "page_info": field(PageInfo, "Whether and how it goes on."),
            "total_count": field(graphene.Int, "How many there are on all pages together."),
            "resolve_total_count": staticmethod(_total),
        },
    )


def connection(node: Any, description: str, **arguments: Any) -> graphene.Field:
    """A field that returns a page of a list; null, with an error, when refused."""
    return field(
        connection_of(node),
        description,
        required=False,
        **arguments,
        first=FIRST,
        after=argument(graphene.String, "The cursor after which the page begins."),
    )


def page_size(first: int | None) -> int:
    """The number of rows to show; raises OddPage."""
    size = USUAL if first is None else first
    if not 0 < size <= MOST:
        raise OddPage(most=MOST)
    return size


def page_of(
    rows: QuerySet[Any],
    order: Order,
    *,
    first: int | None,
    after: str | None,
    show: Callable[[list[Any]], Sequence[Any]] = list,
) -> dict[str, Any]:
    """One page of a queryset; ``show`` turns its rows into nodes, all at once."""
    size = page_size(first)
    wanted = rows
    if after:
        wanted = _from(rows, order, _decode(after, len(order)))
    by = [F(name).desc() if falls else F(name).asc() for name, falls in order]
    found = list(wanted.order_by(*by)[: size + 1])
    cursors = [_encode([str(getattr(row, name)) for name, _ in order]) for row in found[:size]]
    return _page(show(found[:size]), cursors, more=len(found) > size, count=rows.count)


class Sliceable(Protocol):
    """A list, or an object that reads its rows only when sliced."""

    def __len__(self) -> int: ...
    def __getitem__(self, index: slice, /) -> Sequence[Any]: ...


def page_of_list(rows: Sliceable, *, first: int | None, after: str | None) -> dict[str, Any]:
    """A page of rows that are only added at the end (a statement's): cursors are positions."""
    size = page_size(first)
    start = 0
    if after:
        place = _decode(after, 1)[0]
        if not place.isdecimal():
            raise OddCursor
        start = int(place[:9]) + 1
    shown = list(rows[start : start + size])
    cursors = [_encode([str(start + n)]) for n in range(len(shown))]
    return _page(shown, cursors, more=len(rows) > start + size, count=lambda: len(rows))


def _page(
    nodes: Sequence[Any], cursors: list[str], *, more: bool, count: Callable[[], int]
) -> dict[str, Any]:
    edges = [{"node": node, "cursor": c} for node, c in zip(nodes, cursors, strict=True)]
    info = {"has_next_page": more, "end_cursor": cursors[-1] if cursors else None}
    return {"edges": edges, "page_info": info, "count": count}


def _total(root: dict[str, Any], _info: GraphQLResolveInfo) -> int:
    return int(root["count"]())


def _from(rows: QuerySet[Any], order: Order, values: list[str]) -> QuerySet[Any]:
    """The rows after the one with these values."""
    beyond, equal = Q(), Q()
    for (name, falls), value in zip(order, values, strict=True):
        beyond |= equal & Q(**{f"{name}__{'lt' if falls else 'gt'}": value})
        equal &= Q(**{name: value})
    try:
        return rows.filter(beyond)
    except (ValidationError, ValueError) as error:
        raise OddCursor from error


def _encode(values: list[str]) -> str:
    return base64.urlsafe_b64encode(json.dumps(values).encode()).decode()


def _decode(cursor: str, length: int) -> list[str]:
    try:
        values: Any = json.loads(base64.urlsafe_b64decode(cursor.encode()))
    except (binascii.Error, ValueError) as error:
        raise OddCursor from error
    readable = isinstance(values, list) and all(isinstance(value, str) for value in values)
    if not readable or len(values) != length or any("\x00" in value for value in values):
        raise OddCursor
    return [str(value) for value in values]
