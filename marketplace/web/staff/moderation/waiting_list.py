"""The list of listings and changes that wait for review."""

from django.utils.translation import gettext_lazy as _

from catalog.queries import workbench
from marketplace.web.lists.columns import Column
from marketplace.web.lists.declared import RowList
from marketplace.web.lists.filters import Choice, DateRange, Rows, Search
from marketplace.web.staff.lists import common

OWNER, OWNER_PATH = "listing.cooperative", "listing__cooperative"


def _new(rows: Rows) -> Rows:
    return rows.filter(listing__status="draft")


def _changes(rows: Rows) -> Rows:
    return rows.exclude(listing__status="draft")


WAITING = RowList(
    name="moderation",
    title=_("To review"),
    permission="listing:moderate",
    rows=lambda access: workbench.waiting(access.scope),
    default="since",
    columns=(
        Column(
            key="product", heading=_("Product"), value="listing.slug", sort=True,
            link=common.link("moderation-review", revision_id="pk"),
            template="staff/moderation/product_cell.html",
        ),
        common.cooperative(OWNER),
        common.region(OWNER, shown=True),
        Column(
            key="kind", heading=_("New or change"), sort=["listing__status"],
            value=lambda row: _("New") if row.listing.status == "draft" else _("Change"),
            template="staff/moderation/kind_cell.html",
        ),
        Column(
            key="since", heading=_("Waiting since"), value="submitted_at", kind="moment",
            sort=True, nullable=True,
        ),
    ),
    filters=(
        Search(
            key="q", label=_("Product or cooperative"), split=common.terms_of,
            finds=common.holds_or_called("listing__slug", path=OWNER_PATH),
        ),
        Choice(
            key="kind", label=_("New or change"),
            choices=[("new", _("New")), ("change", _("Change"))],
            special={"new": _new, "change": _changes},
        ),
        DateRange(key="since", label=_("Waiting since"), path="submitted_at", is_moment=True),
        common.by_cooperative(OWNER_PATH),
        common.by_region(OWNER_PATH),
    ),
)  # fmt: skip
