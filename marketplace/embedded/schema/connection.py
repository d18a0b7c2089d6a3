"""Cursor pagination over querysets and lists, in Saleor's connection shape."""

import base64
import binascii
import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

import graphene
from django.db.models import F, Q, QuerySet
from graphql import GraphQLError

from marketplace.embedded.schema.base import Info, list_of

MAX_PAGE = 100
Order = Sequence[tuple[str, bool]]  # (field path without nulls, descending)


class PageInfo(graphene.ObjectType):
    """Whether there are rows before and after a page, and the cursors of its ends."""

    has_next_page = graphene.Boolean(required=True)
    has_previous_page = graphene.Boolean(required=True)
    start_cursor = graphene.String()
    end_cursor = graphene.String()


@dataclass(frozen=True, slots=True)
class PageInfoRow:
    """Whether there are rows before and after a page, and the cursors of its ends."""

    has_next_page: bool
    has_previous_page: bool
    start_cursor: str | None
    end_cursor: str | None


@dataclass(frozen=True, slots=True)
class Edge:
    """A row with its cursor."""

    node: Any
    cursor: str


@dataclass(frozen=True, slots=True)
class Page:
    """A page of rows: the root value of a connection; `count` counts the rows of all pages."""

    edges: list[Edge]
    page_info: PageInfoRow
    count: Callable[[], int]


def _page(
    nodes: Sequence[Any],
    order: Order,
    count: Callable[[], int],
    *,
    has_next: bool,
    has_previous: bool,
) -> Page:
    edges = [Edge(node, _encode(node, order)) for node in nodes]
    start = edges[0].cursor if edges else None
    end = edges[-1].cursor if edges else None
    return Page(edges, PageInfoRow(has_next, has_previous, start, end), count)


class CountableConnection(graphene.ObjectType):
    """Base of the connections."""

    class Meta:
        abstract = True

    page_info = graphene.Field(PageInfo, required=True)
    total_count = graphene.Int()

    @staticmethod
    def resolve_total_count(root: Page, _info: Info) -> int:
        return root.count()


_connections: dict[str, Any] = {}


def connection_type(node: Any) -> Any:
    """Return ``<Node>CountableConnection`` for an object type (made once per type)."""
    name = node._meta.name  # noqa: SLF001
    if name not in _connections:
        edge = type(
            f"{name}CountableEdge",
            (graphene.ObjectType,),
            {
                "__doc__": "A node with its cursor.",
                "node": graphene.Field(node, required=True),
                "cursor": graphene.String(required=True),
            },
        )
        fields = {"__doc__": "A page of results.", "edges": list_of(edge, required=True)}
        _connections[name] = type(f"{name}CountableConnection", (CountableConnection,), fields)
    return _connections[name]


def connection_field(node: Any, *, required: bool = False, **arguments: Any) -> graphene.Field:
    """Return a field with the pagination arguments; `node` may be a callable, for cycles."""

    def resolve() -> Any:
        resolved = node() if callable(node) and not isinstance(node, type) else node
        return connection_type(resolved)

    return graphene.Field(
        resolve,
        required=required,
        before=graphene.String(),
        after=graphene.String(),
        first=graphene.Int(),
        last=graphene.Int(),
        **arguments,
    )


def _encode(row: Any, order: Order) -> str:
    values = [str(_value(row, path)) for path, _ in order]
    return base64.b64encode(json.dumps(values).encode()).decode()


def _value(row: Any, path: str) -> Any:
    for name in path.split("__"):
        row = getattr(row, name)
    return row


def _decode(cursor: str, order: Order) -> list[str]:
    try:
        values = json.loads(base64.b64decode(cursor, validate=True))
    except (binascii.Error, ValueError) as error:
        raise GraphQLError("Received cursor is invalid.") from error
    if not isinstance(values, list) or len(values) != len(order):
        raise GraphQLError("Received cursor is invalid.")
    return values


def _beyond(order: Order, values: list[str], *, backwards: bool) -> Q:
    """Return the condition for rows after `values` in `order` (before them if backwards)."""
    condition = Q()
    equal = Q()
    for (path, descending), value in zip(order, values, strict=True):
        operator = "lt" if descending != backwards else "gt"
        condition |= equal & Q(**{f"{path}__{operator}": value})
        equal &= Q(**{path: value})
    return condition


def _limits(info: Info, first: int | None, last: int | None) -> tuple[int, bool]:
    name = info.field_name
    if first is None and last is None:
        raise GraphQLError(
            f"You must provide a `first` or `last` value to paginate the `{name}` connection."
        )
    if first is not None and last is not None:
        raise GraphQLError("Passing both `first` and `last` is not supported.")
    limit = first if first is not None else last
    assert limit is not None
    if not 0 < limit <= MAX_PAGE:
        raise GraphQLError(
            f"Requesting {limit} records on the `{name}` connection: between 1 and {MAX_PAGE}."
        )
    return limit, first is None


def paginate(
    info: Info,
    rows: "QuerySet[Any]",
    order: Order = (("pk", False),),
    *,
    first: int | None = None,
    last: int | None = None,
    before: str | None = None,
    after: str | None = None,
) -> Page:
    """Return one page of a queryset.

    `order` names fields without nulls as ``(path, descending)``; ``pk`` is added to break ties.
    Raises GraphQLError when neither `first` nor `last` is given, or more than 100 are asked.
    """
    limit, backwards = _limits(info, first, last)
    order = [*order] if order and order[-1][0] == "pk" else [*order, ("pk", False)]
    page = rows
    if after:
        page = page.filter(_beyond(order, _decode(after, order), backwards=False))
    if before:
        page = page.filter(_beyond(order, _decode(before, order), backwards=True))
    by = [F(path).desc() if down != backwards else F(path).asc() for path, down in order]
    found = page.order_by(*by)[: limit + 1]
    nodes = list(found)
    more, nodes = len(nodes) > limit, nodes[:limit]
    if backwards:
        nodes.reverse()
    return _page(
        nodes,
        order,
        rows.count,
        has_next=bool(before) if backwards else more,
        has_previous=more if backwards else bool(after),
    )


def paginate_list(
    info: Info,
    rows: Sequence[Any],
    *,
    first: int | None = None,
    last: int | None = None,
    before: str | None = None,
    after: str | None = None,
) -> Page:
    """Return one page of rows that are loaded already; limits as in `paginate`."""
    limit, backwards = _limits(info, first, last)
    order = (("pk", False),)
    keys = [str(row.pk) for row in rows]
    start, stop = 0, len(rows)
    if after:
        key = _decode(after, order)[0]
        start = keys.index(key) + 1 if key in keys else stop
    if before:
        key = _decode(before, order)[0]
        stop = keys.index(key) if key in keys else start
    window = (max(start, stop - limit), stop) if backwards else (start, min(stop, start + limit))
    return _page(
        rows[slice(*window)],
        order,
        lambda: len(rows),
        has_next=window[1] < len(rows),
        has_previous=window[0] > 0,
    )
