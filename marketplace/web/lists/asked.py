"""What an address asks of a list: filters, order and columns; or why it cannot be done."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlencode

from django import forms
from django.db.models import QuerySet
from django.http import QueryDict
from django.utils.translation import gettext as _

from marketplace.web.lists.columns import Column
from marketplace.web.lists.declared import RowList
from marketplace.web.lists.fields import REPEATED
from marketplace.web.lists.filters import Rows, Search
from marketplace.web.ui.amounts import READING

SORT, COLUMNS = "sort", "col"
Pairs = list[tuple[str, str]]


class FilterForm(forms.Form):
    """The fields of all filters of a list."""

    def __init__(self, declared: RowList, access: Any, data: Mapping[str, str]) -> None:
        super().__init__(data, auto_id="f_%s")
        self.declared = declared
        for each in declared.filters:
            self.fields.update(each.fields(access, data))

    def clean(self) -> dict[str, Any]:
        """Check what concerns several fields."""
        for each in self.declared.filters:
            each.check(self)
        return self.cleaned_data


@dataclass(frozen=True)
class Asked:
    """What was asked; ``refusals`` say what of it is unknown to the list."""

    declared: RowList
    access: Any
    form: FilterForm
    sort: str
    columns: list[Column]
    filters: Pairs
    refusals: list[str] = field(default_factory=list)

    @property
    def is_refused(self) -> bool:
        """Whether anything cannot be read; then no rows are shown."""
        return bool(self.refusals) or not self.form.is_valid()

    @property
    def is_searched(self) -> bool:
        """Whether free text is searched for."""
        keys = {each.key for each in self.declared.filters if isinstance(each, Search)}
        return any(name in keys for name, _typed in self.filters)

    @property
    def has_own_columns(self) -> bool:
        return self.columns != self.declared.usual

    def rows(self) -> Rows | list[Any]:
        """The rows in their order, all of them; only where nothing is refused."""
        rows = self.declared.rows(self.access)
        if not isinstance(rows, QuerySet):
            return self._in_order(list(rows))
        for each in self.declared.filters:
            rows = each.narrow(rows, self.form.cleaned_data, self.access)
        return rows.order_by(*self._order())

    def _in_order(self, rows: list[Any]) -> list[Any]:
        """Rows that no table holds; without filters."""
        column = self.declared.column(self.sort.removeprefix("-"))
        if column is None or self.sort == self.declared.default:
            return rows
        return sorted(rows, key=column.of, reverse=self.sort.startswith("-"))

    def _order(self) -> list[Any]:
        key, backwards = self.sort.removeprefix("-"), self.sort.startswith("-")
        column = self.declared.column(key)
        if self.sort == self.declared.default and self.declared.order:
            return [*self.declared.order, "pk"]
        terms = column.ordering(backwards=backwards) if column else []
        return [*terms, "-pk" if backwards else "pk"]

    def pairs(self, *, sort: str | None = None, with_columns: bool = True) -> Pairs:
        """The parameters of the address, without those that say what is usual."""
        found = list(self.filters)
        wanted = self.sort if sort is None else sort
        if wanted != self.declared.default:
            found.append((SORT, wanted))
        if with_columns and self.has_own_columns:
            found += [(COLUMNS, column.key) for column in self.columns]
        return found

    def query(self, **changes: Any) -> str:
        """The same as text."""
        return urlencode(self.pairs(**changes))


def read(declared: RowList, access: Any, data: QueryDict) -> Asked:
    """What an address asks of a list; parameters that no list has are not its own."""
    form = FilterForm(declared, access, data)
    form.is_valid()  # so that the rows can be asked for
    refusals: list[str] = []
    sort = data.get(SORT, "") or declared.default
    column = declared.column(sort.removeprefix("-"))
    if sort != declared.default and not (column and column.is_sortable):
        refusals.append(_("This list cannot be sorted by “%(typed)s”.") % _repeated(sort))
        sort = declared.default
    columns = []
    for key in dict.fromkeys(data.getlist(COLUMNS)):
        if found := declared.column(key):
            columns.append(found)
        else:
            refusals.append(_("This list has no column “%(typed)s”.") % _repeated(key))
    chosen = [each for each in declared.columns if each in columns] or declared.usual
    return Asked(declared, access, form, sort, chosen, _typed(form.fields, data), refusals[:3])


def _typed(names: Iterable[str], data: QueryDict) -> Pairs:
    """What was typed into filters, with the chosen readings of amounts."""
    found = []
    for name in names:
        if text := data.get(name, "").strip():
            found.append((name, text))
            if reading := data.get(f"{name}{READING}", ""):
                found.append((f"{name}{READING}", reading))
    return found


def _repeated(typed: str) -> dict[str, str]:
    return {"typed": typed[:REPEATED]}
