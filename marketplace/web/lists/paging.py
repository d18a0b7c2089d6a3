"""Pages of a list that stay quick however long it is.

To know how many rows there are the database must find them all, and to show a late page it must
find all before it. So only the first ten thousand are counted and shown page by page; who wants
another row filters, and a file has them all.
"""

from functools import cached_property
from typing import Any

from django.core.paginator import Page, Paginator
from django.db.models import QuerySet

from marketplace.web.lists.filters import Rows

PAGE_SIZE = 25
MOST_ROWS = 10_000


class BoundedPaginator(Paginator):  # type: ignore[type-arg]
    """A paginator of a queryset that counts no further than ``MOST_ROWS``."""

    object_list: Rows

    @cached_property
    def counted(self) -> int:
        """How many rows there are, one more than is shown if there are more."""
        return int(self.object_list.order_by()[: MOST_ROWS + 1].count())

    @cached_property
    def count(self) -> int:
        """How many rows are shown."""
        return min(self.counted, MOST_ROWS)

    @property
    def has_more(self) -> bool:
        """Whether there are rows that no page shows."""
        return self.counted > MOST_ROWS


def page_of(rows: Rows | list[Any], number: Any) -> Page[Any]:
    """A page of rows; a number that is none is the nearest."""
    kind = BoundedPaginator if isinstance(rows, QuerySet) else Paginator
    return kind(rows, PAGE_SIZE).get_page(number)
