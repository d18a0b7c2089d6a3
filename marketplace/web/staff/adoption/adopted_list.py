"""The list of the shop's products that were assigned to cooperatives."""

from django.utils.translation import gettext_lazy as _

from catalog.adoption import workbench
from marketplace.web.lists.columns import Column
from marketplace.web.lists.declared import RowList
from marketplace.web.lists.filters import DateRange, Search
from marketplace.web.staff.lists import common

OWNER, OWNER_PATH = "listing.cooperative", "listing__cooperative"

ASSIGNED = RowList(
    name="adoption-given",
    title=_("Assigned to cooperatives"),
    permission="cooperative:edit",
    rows=lambda access: workbench.adopted(access.scope),
    default="-since",
    columns=(
        Column(key="product", heading=_("Product"), value="listing.slug", sort=True),
        common.cooperative(OWNER),
        Column(key="since", heading=_("Since"), value="began_at", kind="moment", sort=True),
        Column(
            key="state", heading=_("State"), value="listing.get_status_display",
            sort=["listing__status"], template="staff/adoption/state_cell.html",
        ),
        common.region(OWNER),
        Column(
            key="action", heading=_("Return"), in_files=False,
            link=common.link("adoption-release", listing_id="listing_id"),
            template="staff/adoption/release_cell.html",
        ),
    ),
    filters=(
        Search(
            key="q", label=_("Product or cooperative"), split=common.terms_of,
            finds=common.holds_or_called("listing__slug", path=OWNER_PATH),
        ),
        DateRange(key="since", label=_("Since"), path="began_at", is_moment=True),
        common.by_cooperative(OWNER_PATH),
        common.by_region(OWNER_PATH),
    ),
)  # fmt: skip
