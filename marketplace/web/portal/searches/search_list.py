"""The list of buyers' searches in a cooperative's categories."""

from datetime import timedelta
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from catalog.queries import workbench
from marketplace.web.lists.columns import Column
from marketplace.web.lists.declared import RowList
from marketplace.web.portal.access import MemberAccess
from search.query_log import queries_in_categories

DAYS = 90


def rows(access: MemberAccess) -> list[Any]:
    """Searches by several people that mostly found listings of its own categories."""
    categories = workbench.categories(access.scope)
    since = timezone.localdate() - timedelta(days=DAYS)
    return list(queries_in_categories(since=since, categories=categories)) if categories else []


SEARCHES = RowList(
    name="searches",
    title=_("What buyers search for"),
    permission="listing:read",
    rows=rows,
    columns=(
        Column(key="text", heading=_("Search terms"), value="text", sort=True),
        Column(key="visitors", heading=_("Visitors"), value="visitors", kind="number", sort=True),
        Column(
            key="clicks", heading=_("Listings opened"), value="clicks", kind="number", sort=True
        ),
    ),
)  # fmt: skip
