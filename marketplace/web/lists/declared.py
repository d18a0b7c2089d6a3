"""The declaration of a list: its rows, columns and filters, and who may open it."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from marketplace.web.lists.columns import Column, Text
from marketplace.web.lists.filters import Filter, Rows


@dataclass(frozen=True, kw_only=True)
class RowList:
    """A list, declared once.

    ``name`` is that of its page's address (``orders`` for ``staff:orders``) and of its file.
    ``permission`` opens it; ``is_whole`` where no role in some regions does. ``rows(access)`` are
    all that somebody may see of it, and the only way to them: a queryset, or where no
    table holds them a sequence, which has no filters. ``default`` is the key of the column
    by which they are sorted, with a minus for backwards; ``order`` what the database sorts by
    instead. The primary key follows always, so that no row is on two pages.
    """

    name: str
    title: Text
    permission: str
    rows: Callable[[Any], Rows | Sequence[Any]]
    columns: Sequence[Column]
    filters: Sequence[Filter] = ()
    default: str = ""
    order: Sequence[Any] = ()
    # What is shown of some rows instead of them; more or fewer than there were.
    dress: Callable[[list[Any], Any], list[Any]] | None = None
    is_whole: bool = False
    # Whether it is exported; and whether what is searched for in it may name a person.
    in_files: bool = True
    holds_persons: bool = False

    def dressed(self, rows: Iterable[Any], access: Any) -> list[Any]:
        """What is shown of some rows."""
        found = list(rows)
        return self.dress(found, access) if self.dress and found else found

    def column(self, key: str) -> Column | None:
        """The column of a key."""
        return next((column for column in self.columns if column.key == key), None)

    @property
    def usual(self) -> list[Column]:
        """The columns that are shown where nobody has chosen."""
        return [column for column in self.columns if column.shown]
