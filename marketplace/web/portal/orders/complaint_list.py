"""The list of a cooperative's complaints: those with a date first."""

from typing import Any

from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from marketplace.orders.models import ComplaintReason, ComplaintState
from marketplace.orders.queries.complaints import (
    complaints,
    for_cooperative,
    is_late,
    overdue,
    still_unsettled,
)
from marketplace.web.complaints import badge_text
from marketplace.web.lists.columns import Column
from marketplace.web.lists.declared import RowList
from marketplace.web.lists.filters import Choice, DateRange, Search
from marketplace.web.portal.access import MemberAccess


def _link(row: Any, access: MemberAccess) -> str:
    own = {"cooperative": access.cooperative.slug, "complaint_id": row.pk}
    return reverse("portal:complaint", kwargs=own)


def _finds(_access: MemberAccess, word: str) -> Q:
    return Q(vendor_order__number__icontains=word)


COMPLAINTS = RowList(
    name="complaints",
    title=_("Returns and complaints"),
    permission="order:read",
    rows=lambda access: complaints(access.scope),
    # Those with a date first, the nearest at the top.
    order=(F("due_on").asc(nulls_last=True), "-asked_at"),
    columns=(
        Column(
            key="order", heading=_("Order"), value="vendor_order.number", kind="code", sort=True,
            link=_link,
        ),
        Column(
            key="reason", heading=_("Reason"), value="get_reason_display", sort=["reason"]
        ),
        Column(
            key="state", heading=_("State"), value=badge_text, sort=["state"],
            template="portal/orders/complaint_state_cell.html",
        ),
        Column(
            key="due", heading=_("Until"), value="due_on", kind="date", sort=True, nullable=True
        ),
        Column(
            key="late", heading=_("Late"), value=lambda row: _("late") if is_late(row) else "",
            shown=False,
        ),
        Column(
            key="asked", heading=_("Asked"), value="asked_at", kind="moment", sort=True,
            shown=False,
        ),
    ),
    filters=(
        Search(key="q", label=_("Order number"), finds=_finds),
        Choice(
            key="state", label=_("State"),
            choices=[
                ("waiting", pgettext_lazy("complaints", "For us to settle")),
                ("open", pgettext_lazy("complaints", "Not closed")),
                ("late", pgettext_lazy("complaints", "Late")),
                *ComplaintState.choices,
            ],
            special={"waiting": for_cooperative, "open": still_unsettled, "late": overdue},
        ),
        Choice(key="reason", label=_("Reason"), choices=ComplaintReason.choices),
        DateRange(key="asked", label=_("Asked"), path="asked_at", is_moment=True),
    ),
)  # fmt: skip
