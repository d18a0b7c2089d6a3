"""The lists of parcels on their way and of carriers' files."""

from typing import Any

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from marketplace.orders import queries
from marketplace.web.lists.columns import Column
from marketplace.web.lists.declared import RowList
from marketplace.web.lists.filters import Choice, DateRange, Search
from marketplace.web.staff.access import StaffAccess
from marketplace.web.staff.lists import common

OWNER = "vendor_order.cooperative"
OWNER_PATH = "vendor_order__cooperative"


def finds(access: StaffAccess, word: str) -> Q:
    """Where a word stands: the order's number, the parcel's, the carrier, the cooperative."""
    own = common.holds("vendor_order__number", "tracking_number", "carrier")(access, word)
    return own | common.is_called(access, word, OWNER_PATH)


def may_record(row: Any, access: StaffAccess) -> str:
    """Where the delivery of a parcel is recorded, for whoever may."""
    if not access.allows("delivery:record"):
        return ""
    return common.link("delivery-record", parcel_id="pk")(row, access)


DELIVERIES = RowList(
    name="deliveries",
    title=_("Parcels on their way"),
    permission="order:read",
    rows=lambda access: queries.parcels_on_their_way(access.scope),
    # Those reported missing first, then the oldest.
    order=("missed_at", "shipped_at"),
    columns=(
        Column(
            key="order", heading=_("Order"), value="vendor_order.number", kind="code", sort=True,
            template="staff/orders/parcel_cell.html",
            link=common.link("order", vendor_order_id="vendor_order_id"),
        ),
        common.cooperative(OWNER),
        Column(
            key="tracking", heading=_("Tracking number"), value="tracking_number", kind="code",
            sort=True,
        ),
        Column(key="carrier", heading=_("Carrier"), value="carrier", sort=True, shown=False),
        Column(
            key="sent", heading=_("Sent"), value="shipped_at", kind="date", sort=True,
            nullable=True,
        ),
        Column(
            key="promised", heading=_("Promised for"), value="promised_on", kind="date",
            sort=True, nullable=True,
        ),
        Column(
            key="missed", heading=_("Reported missing"), value="missed_at", kind="moment",
            sort=True, nullable=True, shown=False,
        ),
        common.region(OWNER),
        Column(
            key="action", heading=_("Action"), link=may_record, in_files=False,
            template="staff/orders/record_cell.html",
        ),
    ),
    filters=(
        Search(
            key="q", label=_("Order or tracking number, or cooperative"), finds=finds,
            split=common.terms_of,
        ),
        Choice(
            key="state", label=_("State"), choices=[("missed", _("Reported missing"))],
            special={"missed": queries.reported_missing},
        ),
        DateRange(key="sent", label=_("Sent"), path="shipped_at", is_moment=True),
        DateRange(key="promised", label=_("Promised for"), path="promised_on"),
        common.by_cooperative(OWNER_PATH),
        common.by_region(OWNER_PATH),
    ),
)  # fmt: skip

CARRIER_FILES = RowList(
    name="carrier-files",
    title=_("Carriers' files"),
    permission="order:read",
    is_whole=True,
    rows=lambda access: queries.carrier_files(access.scope),
    default="-read",
    columns=(
        Column(
            key="file", heading=_("File"), value="name", sort=True,
            link=common.link("carrier-file", file_id="pk"),
        ),
        Column(key="read", heading=_("Imported"), value="uploaded_at", kind="moment", sort=True),
        Column(key="by", heading=_("By"), value="uploaded_by", sort=True),
        Column(
            key="rows", heading=_("Rows"), value=lambda file: len(file.report), kind="number"
        ),
    ),
    filters=(
        Search(key="q", label=_("File or person"), finds=common.holds("name", "uploaded_by")),
        DateRange(key="read", label=_("Imported"), path="uploaded_at", is_moment=True),
    ),
)  # fmt: skip
