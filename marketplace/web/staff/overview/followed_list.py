"""The list of cooperatives that need attention."""

from django.db.models import F
from django.utils.translation import gettext_lazy as _

from marketplace.web.lists.columns import Column
from marketplace.web.lists.declared import RowList
from marketplace.web.lists.filters import Choice, DateRange, Rows, Search
from marketplace.web.staff.access import StaffAccess
from marketplace.web.staff.cooperatives.cooperative_list import finds
from marketplace.web.staff.lists import common
from marketplace.web.staff.overview.followed import ORDER, dressed, followed_rows
from vendors.queries import lacking


def rows(access: StaffAccess) -> Rows:
    """Cooperatives within the scope that need attention today."""
    return followed_rows(access.scope, access.today)


def _late(found: Rows) -> Rows:
    return found.filter(late_parcels__gt=0)


def _unseen(found: Rows) -> Rows:
    return found.filter(unseen_orders__gt=0)


def _unconfirmed(found: Rows) -> Rows:
    return found.filter(is_account_waiting=True)


def _never_sold(found: Rows) -> Rows:
    return found.filter(last_sale_on__isnull=True)


FOLLOWED = RowList(
    name="followed",
    title=_("Cooperatives to follow"),
    permission="cooperative:read",
    rows=rows,
    dress=lambda found, access: dressed(found, access.today),
    order=ORDER,
    columns=(
        Column(
            key="cooperative", heading=_("Cooperative"), value="cooperative.legal_name",
            sort=["legal_name"], link=common.link("cooperative", slug="cooperative.slug"),
        ),
        Column(
            key="region", heading=_("Region"), sort=["region_code"],
            value=lambda row: common.region_label(row.cooperative.region_code),
        ),
        Column(
            key="last", heading=_("Last sale"), value="last_sale_on", kind="date",
            sort=[F("last_sale_on")], nullable=True,
        ),
        Column(
            key="late", heading=_("Late parcels"), value="late_parcels", kind="number",
            sort=[F("late_parcels")], shown=False,
        ),
        Column(
            key="unseen", heading=_("Orders not seen"), value="unseen_orders", kind="number",
            sort=[F("unseen_orders")], shown=False,
        ),
        Column(
            key="state", heading=_("State"), in_files=False,
            template="staff/overview/followed_state_cell.html",
        ),
    ),
    filters=(
        Search(key="q", label=_("Name or place"), finds=finds, split=common.terms_of),
        Choice(
            key="state", label=_("State"),
            choices=[
                ("unseen", _("Orders not seen")), ("late", _("Late parcels")),
                ("account", _("Bank account to confirm")),
                ("missing", _("Not ready to sell")), ("never", _("No sale yet")),
            ],
            special={
                "unseen": _unseen, "late": _late, "account": _unconfirmed, "missing": lacking,
                "never": _never_sold,
            },
        ),
        DateRange(key="last", label=_("Last sale"), path="last_sale_on"),
        common.by_region(""),
    ),
)  # fmt: skip
