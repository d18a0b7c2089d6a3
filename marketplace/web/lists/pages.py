"""A list as a page shows it."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.core.paginator import Page
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from marketplace.web.lists.asked import COLUMNS, SORT, Asked, Pairs, read
from marketplace.web.lists.columns import Cell, Column, Text, cell_of
from marketplace.web.lists.declared import RowList
from marketplace.web.lists.filters import Named, Search
from marketplace.web.lists.paging import page_of

REFUSED = 422


@dataclass(frozen=True)
class Heading:
    """The heading of a column; ``url`` sorts by it, ``aria_sort`` says how the rows are sorted."""

    column: Column
    url: str
    aria_sort: str


@dataclass(frozen=True)
class Beside:
    """What an audience has beside its lists: saved views and where they are kept."""

    views: Iterable[Any] = ()
    views_url: str = ""
    export_url: str = ""


NOTHING_BESIDE = Beside()


class Shown:
    """What the templates of a list read."""

    def __init__(self, asked: Asked, page: Page[Any] | None, beside: Beside) -> None:
        self.asked, self.page, self.declared = asked, page, asked.declared
        self.views, self.views_url = list(beside.views), beside.views_url
        self.export_url = beside.export_url
        self.form, self.title = asked.form, asked.declared.title

    @property
    def is_refused(self) -> bool:
        return self.page is None

    @property
    def refusals(self) -> list[str]:
        return self.asked.refusals

    @property
    def is_filtered(self) -> bool:
        return bool(self.asked.filters)

    @property
    def query(self) -> str:
        return self.asked.query()

    @property
    def search(self) -> Any:
        """The field of the search, which always shows; None without one."""
        key = next((f.key for f in self.declared.filters if isinstance(f, Search)), None)
        return self.form[key] if key else None

    @property
    def fields(self) -> list[Any]:
        """The fields of the other filters."""
        return [
            bound for bound in self.form if self.search is None or bound.name != self.search.name
        ]

    @property
    def active(self) -> int:
        """How many of the other filters are filled in."""
        names = {bound.name for bound in self.fields}
        return sum(name in names for name, _typed in self.asked.filters)

    @property
    def suggestions(self) -> list[tuple[str, list[str]]]:
        """Names to choose from, by the id of their list."""
        access = self.asked.access
        named = [each for each in self.declared.filters if isinstance(each, Named)]
        return [(f"f_{each.key}_names", each.names(access)) for each in named]

    @property
    def headings(self) -> list[Heading]:
        return [
            Heading(column, self._sorting(column), self._sorted(column)) for column in self.columns
        ]

    @property
    def columns(self) -> list[Column]:
        return self.asked.columns

    @property
    def rows(self) -> list[list[Cell]]:
        access = self.asked.access
        found = self.declared.dressed(self.page.object_list, access) if self.page else []
        return [[cell_of(column, row, access) for column in self.columns] for row in found]

    @property
    def chosen_columns(self) -> list[tuple[Column, bool]]:
        """Every column, and whether it is shown."""
        return [(column, column in self.columns) for column in self.declared.columns]

    @property
    def orders(self) -> list[tuple[str, Text, bool]]:
        """What the rows can be sorted by: the parameter, its words, and whether they are."""
        found: list[tuple[str, Text]] = []
        if self.declared.order:
            found.append((self.declared.default, _("Usual order")))
        for column in self.declared.columns:
            if column.is_sortable:
                told = {"column": column.heading}
                found.append((column.key, _("%(column)s, ascending") % told))
                found.append((f"-{column.key}", _("%(column)s, descending") % told))
        return [(key, label, key == self.asked.sort) for key, label in found]

    @property
    def kept_in_filters(self) -> Pairs:
        """What the form of the filters sends beside its fields."""
        return [pair for pair in self.asked.pairs() if pair[0] in {SORT, COLUMNS}]

    @property
    def kept_in_columns(self) -> Pairs:
        """What the form of order and columns sends beside its own."""
        return self.asked.filters

    def _sorting(self, column: Column) -> str:
        if not column.is_sortable:
            return ""
        turned = f"-{column.key}" if self.asked.sort == column.key else column.key
        return f"?{self.asked.query(sort=turned)}"

    def _sorted(self, column: Column) -> str:
        if not column.is_sortable:
            return ""
        states = {column.key: "ascending", f"-{column.key}": "descending"}
        return states.get(self.asked.sort, "none")


def show_list(
    request: HttpRequest,
    access: Any,
    declared: RowList,
    template: str = "lists/list.html",
    *,
    beside: Beside = NOTHING_BESIDE,
    status: int = 200,
    **context: Any,
) -> HttpResponse:
    """A page of the list as its address asks; 422 where that cannot be read.

    The template extends ``lists/list.html``, which reads ``list``; it may read ``page`` too.
    """
    asked = read(declared, access, request.GET)
    page = None if asked.is_refused else page_of(asked.rows(), request.GET.get("page", 1))
    shown = {"access": access, "list": Shown(asked, page, beside), "page": page, **context}
    return render(request, template, shown, status=REFUSED if page is None else status)
