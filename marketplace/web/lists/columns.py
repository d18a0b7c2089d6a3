"""Columns of a list: what a page shows of a row, what a file holds of it, how rows are sorted."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import reduce
from typing import Any

from django.db.models import F
from django.db.models.expressions import BaseExpression
from django.utils.functional import Promise

Text = str | Promise
Row = Any
Expression = str | BaseExpression | F
# Kinds whose values are numbers: they stand at the end of their cell.
NUMERIC = frozenset({"money", "number"})


@dataclass(frozen=True, kw_only=True)
class Column:
    """One column.

    ``value`` is the path of an attribute or method (``cooperative.legal_name``) or a function of
    the row; its ``kind`` says what it is: text, code, money (minor units), number, date, moment,
    month, country.
    ``export`` gives another plain value for files; ``in_files`` False leaves the column out there.
    ``sort`` is what the database sorts by: True for the path of ``value``, or expressions; rows of
    a ``nullable`` one that have nothing there come last. ``template`` draws the cell instead.
    ``link`` gives the address that the value leads to. ``shown`` False hides it until it is chosen.
    """

    key: str
    heading: Text
    value: str | Callable[[Row], Any] = ""
    kind: str = "text"
    sort: bool | Sequence[Expression] = ()
    nullable: bool = False
    shown: bool = True
    currency: str | Callable[[Row], str] = "currency"
    signed: bool = False
    strong: bool = False
    template: str = "lists/cell.html"
    link: Callable[[Row, Any], str] | None = None
    export: Callable[[Row], Any] | None = None
    in_files: bool = True

    @property
    def is_numeric(self) -> bool:
        return self.kind in NUMERIC

    @property
    def css(self) -> str:
        """Classes of its cells."""
        return " ".join(["n"] * self.is_numeric + ["strong"] * self.strong)

    @property
    def is_sortable(self) -> bool:
        return bool(self.sort)

    def of(self, row: Row) -> Any:
        """The plain value of a row; None where there is none."""
        return _found(self.value, row) if self.value else None

    def currency_of(self, row: Row) -> str:
        """The currency of an amount."""
        return str(_found(self.currency, row) or "")

    def ordering(self, *, backwards: bool) -> list[Any]:
        """Terms of ``order_by``."""
        terms = [str(self.value).replace(".", "__")] if self.sort is True else list(self.sort or ())
        return [self._term(term, backwards=backwards) for term in terms]

    def _term(self, term: Expression, *, backwards: bool) -> Any:
        expression = F(term) if isinstance(term, str) else term
        last = True if self.nullable else None
        if backwards:
            return expression.desc(nulls_last=last)
        return expression.asc(nulls_last=last)


@dataclass(frozen=True)
class Cell:
    """A value of a row as a page shows it."""

    column: Column
    row: Row
    value: Any
    currency: str
    url: str


def cell_of(column: Column, row: Row, access: Any) -> Cell:
    """The cell of a row in a column, for somebody."""
    return Cell(
        column,
        row,
        column.of(row),
        column.currency_of(row) if column.kind == "money" else "",
        column.link(row, access) if column.link else "",
    )


def attribute(row: Row, path: str) -> Any:
    """The attribute at the end of a path (``cooperative.legal_name``); None where it breaks off."""
    return reduce(lambda found, name: getattr(found, name, None), path.split("."), row)


def _found(value: str | Callable[[Row], Any], row: Row) -> Any:
    if callable(value):
        return value(row)
    found = attribute(row, value)
    return found() if callable(found) else found
