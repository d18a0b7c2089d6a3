"""The list of a programme's complaints: those that wait for the mediator first."""

from typing import Any

from django.db.models import BooleanField, Case, F, Q, Value, When
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from marketplace.orders.models import ComplaintReason, ComplaintState
from marketplace.orders.queries.complaints import (
    complaints,
    for_cooperative,
    for_mediator,
    overdue,
    still_unsettled,
)
from marketplace.web.complaints import badge_text
from marketplace.web.lists.columns import Column
from marketplace.web.lists.declared import RowList
from marketplace.web.lists.filters import Choice, DateRange, Rows, Search
from marketplace.web.staff.access import StaffAccess
from marketplace.web.staff.lists import common

OWNER, OWNER_PATH = "vendor_order.cooperative", "vendor_order__cooperative"


def rows(access: StaffAccess) -> Rows:
    """Complaints within the scope, each with whether its date has passed."""
    late = ~Q(state=ComplaintState.CLOSED) & Q(due_on__lt=timezone.localdate())
    first = Case(
        When(state=ComplaintState.MEDIATION, then=Value(0)),
        When(state=ComplaintState.CLOSED, then=Value(2)),
        default=Value(1),
    )
    is_overdue = Case(When(late, then=True), default=False, output_field=BooleanField())
    return complaints(access.scope).annotate(is_overdue=is_overdue, turn=first)


def finds(access: StaffAccess, word: str) -> Q:
    """Where a word stands: the order's number, the cooperative's name."""
    named = common.is_called(access, word, OWNER_PATH)
    return Q(vendor_order__number__icontains=word) | named


def _lateness(row: Any) -> str:
    return str(_("late")) if row.is_overdue else ""


COMPLAINTS = RowList(
    name="complaints",
    title=_("Returns and complaints"),
    permission="order:read",
    rows=rows,
    order=("turn", F("due_on").asc(nulls_last=True), "-asked_at"),
    columns=(
        Column(
            key="order", heading=_("Order"), value="vendor_order.number", kind="code", sort=True,
            link=common.link("complaint", complaint_id="pk"),
        ),
        common.cooperative(OWNER),
        Column(key="reason", heading=_("Reason"), value="get_reason_display", sort=["reason"]),
        Column(
            key="state", heading=_("State"), value=badge_text, sort=["state"],
            template="staff/complaints/state_cell.html",
        ),
        Column(
            key="due", heading=_("Until"), value="due_on", kind="date", sort=True, nullable=True,
            template="staff/complaints/due_cell.html",
        ),
        Column(key="late", heading=_("Late"), value=_lateness, shown=False),
        Column(key="asked", heading=_("Asked"), value="asked_at", kind="moment", sort=True),
        common.region(OWNER),
    ),
    filters=(
        Search(
            key="q", label=_("Order number or cooperative"), finds=finds, split=common.terms_of
        ),
        Choice(
            key="state", label=_("State"),
            choices=[
                ("decide", pgettext_lazy("complaints", "For the mediator")),
                ("waiting", pgettext_lazy("complaints", "For the cooperative")),
                ("open", pgettext_lazy("complaints", "Not closed")),
                ("late", pgettext_lazy("complaints", "Late")),
                *ComplaintState.choices,
            ],
            special={
                "decide": for_mediator,
                "waiting": for_cooperative,
                "open": still_unsettled,
                "late": overdue,
            },
        ),
        Choice(key="reason", label=_("Reason"), choices=ComplaintReason.choices),
        DateRange(key="asked", label=_("Asked"), path="asked_at", is_moment=True),
        common.by_cooperative(OWNER_PATH),
        common.by_region(OWNER_PATH),
    ),
)  # fmt: skip
