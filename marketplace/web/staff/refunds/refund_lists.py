"""The lists of refunds: made, proposed, and those that staff make at the bank."""

from typing import Any

from django.db.models import F
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from marketplace.payments import proposal_queries, queries
from marketplace.payments.models import Method, ProposalState, RefundState
from marketplace.web.lists.columns import Column
from marketplace.web.lists.declared import RowList
from marketplace.web.lists.filters import AmountRange, Choice, DateRange, Rows, Search
from marketplace.web.staff.lists import common

MADE = pgettext_lazy("refund", "Made")
SUM = F("goods_minor") + F("shipping_minor")


def _amount(path: str) -> AmountRange:
    return AmountRange(
        key="amount", label=_("Amount"), path=path, currency_key="currency",
        home=common.home_currency,
    )  # fmt: skip


REFUNDS = RowList(
    name="refunds",
    title=_("Refunds"),
    permission="order:read",
    rows=lambda access: queries.refunds(access.scope).annotate(sum_minor=SUM),
    default="-requested",
    columns=(
        Column(
            key="order", heading=_("Order"), value="number", kind="code", sort=[F("number")],
            link=common.link("order", vendor_order_id="vendor_order_id"),
        ),
        common.cooperative(),
        Column(
            key="requested", heading=_("Requested"), value="occurred_at", kind="moment",
            sort=["requested_at"],
        ),
        Column(key="reason", heading=_("Reason"), value="why"),
        Column(
            key="amount", heading=_("Amount"), value="total_minor", kind="money", sort=[SUM]
        ),
        Column(
            key="goods", heading=_("Goods"), value="goods_minor", kind="money", sort=True,
            shown=False,
        ),
        Column(
            key="delivery", heading=_("Delivery"), value="shipping_minor", kind="money",
            sort=True, shown=False,
        ),
        Column(
            key="made", heading=MADE, value="made_at", kind="moment", sort=True,
            nullable=True, shown=False,
        ),
        Column(
            key="state", heading=_("State"), value="get_state_display", sort=["state"],
            template="staff/refunds/refund_state_cell.html",
        ),
        common.region(),
    ),
    filters=(
        Search(
            key="q", label=_("Order, reason or cooperative"), split=common.terms_of,
            finds=common.holds_or_called("reason", "number"),
        ),
        Choice(key="state", label=_("State"), choices=RefundState.choices),
        DateRange(key="requested", label=_("Requested"), path="requested_at", is_moment=True),
        _amount("sum_minor"),
        common.currency(),
        common.by_cooperative(),
        common.by_region(),
    ),
)  # fmt: skip

PROPOSALS = RowList(
    name="refund-proposals",
    title=_("Proposed refunds"),
    permission="order:read",
    rows=lambda access: proposal_queries.refund_proposals(access.scope),
    # Those that wait first.
    order=(F("decided_at").desc(nulls_first=True), "expires_at"),
    columns=(
        common.cooperative(link=common.link("refund-proposal", proposal_id="pk")),
        Column(key="by", heading=_("Proposed by"), value="proposed_by.name", sort=True),
        Column(
            key="proposed", heading=_("Proposed on"), value="proposed_at", kind="moment", sort=True
        ),
        Column(
            key="reason", heading=_("Reason"), value="reason",
            template="staff/refunds/proposal_reason_cell.html",
        ),
        Column(key="amount", heading=_("Amount"), value="total_minor", kind="money", sort=True),
        Column(
            key="state", heading=_("State"), value="get_state_display", sort=["state"],
            template="staff/refunds/proposal_state_cell.html",
        ),
        common.region(),
    ),
    filters=(
        Search(
            key="q", label=_("Reason or cooperative"), split=common.terms_of,
            finds=common.holds_or_called("reason"),
        ),
        Choice(key="state", label=_("State"), choices=ProposalState.choices),
        DateRange(key="proposed", label=_("Proposed on"), path="proposed_at", is_moment=True),
        _amount("total_minor"),
        common.currency(),
        common.by_cooperative(),
        common.by_region(),
    ),
)  # fmt: skip


def _done(rows: Rows) -> Rows:
    return rows.filter(done_at__isnull=False)


def _open(rows: Rows) -> Rows:
    return rows.filter(done_at__isnull=True)


def _method(row: Any) -> str:
    return f"{row.payment.get_method_display()} ({row.payment.provider})"


MANUAL_REFUNDS = RowList(
    name="manual-refunds",
    title=_("Manual refunds"),
    permission="refund:make",
    rows=lambda access: queries.manual_refunds(access.scope),
    # Those to be made first.
    order=(F("done_at").desc(nulls_first=True), "-asked_at"),
    columns=(
        Column(
            key="requested", heading=_("Requested"), value="asked_at", kind="moment", sort=True,
            link=common.link("manual-refund", manual_refund_id="pk"),
        ),
        Column(
            key="method", heading=_("Payment method"), value=_method,
            sort=["payment__method", "payment__provider"],
        ),
        Column(key="amount", heading=_("Amount"), value="amount_minor", kind="money", sort=True),
        Column(
            key="reference", heading=_("Reference"), value="reference", kind="code", sort=True,
            shown=False,
        ),
        Column(
            key="made", heading=MADE, value="done_at", kind="moment", sort=True,
            nullable=True, shown=False,
        ),
        Column(
            key="state", heading=_("State"), sort=["done_at"], nullable=True,
            value=lambda row: _("sent back") if row.done_at else _("to do"),
            template="staff/refunds/manual_state_cell.html",
        ),
    ),
    filters=(
        Search(key="q", label=_("Reference"), finds=common.holds("reference")),
        Choice(
            key="state", label=_("State"),
            choices=[("open", _("to do")), ("done", _("sent back"))],
            special={"open": _open, "done": _done},
        ),
        Choice(
            key="method", label=_("Payment method"), path="payment__method",
            choices=Method.choices,
        ),
        DateRange(key="requested", label=_("Requested"), path="asked_at", is_moment=True),
        _amount("amount_minor"),
        common.currency(),
    ),
)  # fmt: skip
