"""The list of cooperatives, to find the statements of one; and the months of one."""

from django.utils.translation import gettext_lazy as _

from marketplace.payouts.statements import lines as statements
from marketplace.web.lists.columns import Column
from marketplace.web.lists.declared import RowList
from marketplace.web.lists.filters import Search
from marketplace.web.staff.cooperatives.cooperative_list import finds
from marketplace.web.staff.lists import common
from vendors import queries
from vendors.models import Cooperative


def months_of(cooperative: Cooperative) -> RowList:
    """The list of one cooperative's months, with their files in three languages."""
    return RowList(
        name="cooperative-statements",
        title=_("Statements"),
        permission="payout:read",
        rows=lambda _access: statements.months(cooperative.scope),
        columns=(
            Column(key="month", heading=_("Month"), value=lambda month: month, kind="month"),
            *(
                Column(key=ending, heading=heading, template=f"staff/documents/{ending}_cell.html")
                for ending, heading in (("pdf", "PDF"), ("xlsx", "Excel"), ("csv", "CSV"))
            ),
        ),
    )


STATEMENTS = RowList(
    name="statements",
    title=_("Statements"),
    permission="payout:read",
    rows=lambda access: queries.cooperative_rows(access.scope),
    default="cooperative",
    columns=(
        common.cooperative("", link=common.link("cooperative-statements", slug="slug")),
        Column(key="place", heading=_("Place"), value="place_name", sort=True),
        common.region(""),
    ),
    filters=(
        Search(key="q", label=_("Name or place"), finds=finds, split=common.terms_of),
        common.by_region(""),
    ),
)  # fmt: skip
