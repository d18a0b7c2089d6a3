"""The list of differences between the ledger and the other sides."""

from typing import Any

from django.db.models import F
from django.utils.translation import gettext_lazy as _

from marketplace.payouts.reconciliation import queries
from marketplace.payouts.reconciliation.models import Counterpart, Likely
from marketplace.web.lists.columns import Column
from marketplace.web.lists.declared import RowList
from marketplace.web.lists.filters import AmountRange, Choice, DateRange, Rows, Search
from marketplace.web.staff.lists import common

GAP = F("other_minor") - F("ledger_minor")


def _open(rows: Rows) -> Rows:
    return rows.filter(explained_at__isnull=True, gone_at__isnull=True)


def _explained(rows: Rows) -> Rows:
    return rows.filter(explained_at__isnull=False)


def _gone(rows: Rows) -> Rows:
    return rows.filter(explained_at__isnull=True, gone_at__isnull=False)


def state_of(row: Any) -> object:
    """What became of a difference."""
    if row.explained_at:
        return f"{_('explained')}: {row.explanation}"
    return _("resolved by itself") if row.gone_at else _("open")


def _amount(key: str, heading: Any, value: str, **more: Any) -> Column:
    return Column(key=key, heading=heading, value=value, kind="money", signed=True, **more)


DIFFERENCES = RowList(
    name="differences",
    title=_("Reconciliation"),
    permission="payout:read",
    is_whole=True,
    rows=lambda access: queries.differences(access.programme).annotate(gap=GAP),
    # Open ones first, the oldest at the top; explained and gone ones after them.
    order=(
        F("explained_at").asc(nulls_first=True), F("gone_at").asc(nulls_first=True),
        "first_seen_at",
    ),
    columns=(
        Column(
            key="side", heading=_("Compared with"), value="get_counterpart_display",
            sort=["counterpart"],
        ),
        Column(key="subject", heading=_("Subject"), value="subject", kind="code", sort=True),
        _amount("ledger", _("In the ledger"), "ledger_minor", sort=True),
        _amount("other", _("On the other side"), "other_minor", sort=True),
        _amount("gap", _("Difference"), "gap_minor", sort=[GAP], strong=True),
        Column(
            key="likely", heading=_("Likely cause"), value="get_likely_display", sort=["likely"]
        ),
        Column(
            key="seen", heading=_("First seen"), value="first_seen_at", kind="moment", sort=True,
            shown=False,
        ),
        Column(
            key="state", heading=_("State"), value=state_of,
            template="staff/reconciliation/state_cell.html",
        ),
    ),
    filters=(
        Search(
            key="q", label=_("Subject or explanation"), split=common.terms_of,
            finds=common.holds("subject", "explanation"),
        ),
        Choice(
            key="state", label=_("State"),
            choices=[
                ("open", _("open")), ("explained", _("explained")),
                ("gone", _("resolved by itself")),
            ],
            special={"open": _open, "explained": _explained, "gone": _gone},
        ),
        Choice(
            key="side", label=_("Compared with"), path="counterpart", choices=Counterpart.choices
        ),
        Choice(key="likely", label=_("Likely cause"), choices=Likely.choices),
        DateRange(key="seen", label=_("First seen"), path="first_seen_at", is_moment=True),
        AmountRange(
            key="gap", label=_("Difference"), currency_key="currency", home=common.home_currency
        ),
        common.currency(),
    ),
)  # fmt: skip
