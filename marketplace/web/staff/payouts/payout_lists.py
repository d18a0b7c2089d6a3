"""The lists of payout runs, holds, payout methods and imported bank reports."""

from typing import Any

from django.db.models import F
from django.utils.translation import gettext_lazy as _

from marketplace.payouts import queries
from marketplace.payouts.models import BankReportKind, Provider, RunState
from marketplace.web.lists.columns import Column
from marketplace.web.lists.declared import RowList
from marketplace.web.lists.filters import AmountRange, Choice, DateRange, Rows, Search
from marketplace.web.staff.access import StaffAccess
from marketplace.web.staff.lists import common


def _automatic(row: Any) -> object:
    return row.prepared_by or _("automatic")


RUNS = RowList(
    name="payouts",
    title=_("Payouts"),
    permission="payout:read",
    is_whole=True,
    rows=lambda access: queries.runs(access.scope),
    default="-prepared",
    columns=(
        Column(
            key="run", heading=_("Payout run"), value="reference", kind="code", sort=True,
            link=common.link("payout-run", reference="reference"),
        ),
        Column(
            key="prepared", heading=_("Prepared"), value="prepared_at", kind="date",
            sort=["prepared_at", "reference"],
        ),
        Column(
            key="by", heading=_("By"), value=_automatic, sort=["prepared_by__name"], nullable=True
        ),
        Column(
            key="approved", heading=_("Approved"), value="approved_at", kind="moment", sort=True,
            nullable=True, shown=False,
        ),
        Column(
            key="method", heading=_("Payout method"), value="get_provider_display",
            sort=["provider"], shown=False,
        ),
        Column(
            key="cooperatives", heading=_("Cooperatives"), value="line_count", kind="number",
            sort=True,
        ),
        Column(
            key="waiting", heading=_("Waiting"), value="waiting_count", kind="number", sort=True
        ),
        Column(
            key="total", heading=_("Total"), value="total_minor", kind="money", sort=True,
            strong=True,
        ),
        Column(key="paid", heading=_("Paid"), value="paid_minor", kind="money", sort=True),
        Column(
            key="returned", heading=_("Returned by the bank"), value="returned_minor",
            kind="money", sort=True,
        ),
        Column(
            key="state", heading=_("State"), value="get_state_display", sort=["state"],
            template="staff/payouts/run_state_cell.html",
        ),
    ),
    filters=(
        Search(key="q", label=_("Payout run"), finds=common.holds("reference")),
        Choice(key="state", label=_("State"), choices=RunState.choices),
        DateRange(key="prepared", label=_("Prepared"), path="prepared_at", is_moment=True),
        AmountRange(
            key="total", label=_("Total"), path="total_minor", currency_key="currency",
            home=common.home_currency,
        ),
        common.currency(),
        Choice(
            key="method", label=_("Payout method"), path="provider", choices=Provider.choices
        ),
    ),
)  # fmt: skip

HOLDS = RowList(
    name="payout-holds",
    title=_("Payouts on hold"),
    permission="payout:read",
    rows=lambda access: queries.holds(access.scope),
    default="-since",
    columns=(
        common.cooperative(),
        Column(key="reason", heading=_("Reason"), value="reason", sort=True),
        Column(key="since", heading=_("Since"), value="placed_at", kind="moment", sort=True),
        Column(key="by", heading=_("By"), value="placed_by.name", sort=True),
        common.region(),
        Column(
            key="action", heading=_("Release"), in_files=False,
            template="staff/payouts/hold_lift_cell.html",
        ),
    ),
    filters=(
        Search(
            key="q", label=_("Reason or cooperative"), split=common.terms_of,
            finds=common.holds_or_called("reason"),
        ),
        DateRange(key="since", label=_("Since"), path="placed_at", is_moment=True),
        common.by_region(),
    ),
)  # fmt: skip


def _unconfirmed(rows: Rows) -> Rows:
    return rows.filter(confirmed_at__isnull=True)


def _confirmed(rows: Rows) -> Rows:
    return rows.filter(confirmed_at__isnull=False)


ROUTES = RowList(
    name="payout-routes",
    title=_("Payout methods"),
    permission="payout:read",
    rows=lambda access: queries.routes(access.scope),
    default="cooperative",
    columns=(
        common.cooperative(),
        Column(
            key="method", heading=_("Payout method"), value="get_provider_display",
            sort=["provider"],
        ),
        Column(key="account", heading=_("Account"), value="destination", kind="code", sort=True),
        Column(key="since", heading=_("Since"), value="valid_from", kind="date", sort=True),
        Column(key="by", heading=_("By"), value="added_by.name", sort=True, shown=False),
        Column(
            key="state", heading=_("State"), sort=["confirmed_at"], nullable=True,
            value=lambda row: _("Confirmed") if row.confirmed_at else _("To confirm"),
            template="staff/payouts/route_state_cell.html",
        ),
        common.region(),
    ),
    filters=(
        Search(
            key="q", label=_("Account or cooperative"), split=common.terms_of,
            finds=common.holds_or_called("destination"),
        ),
        Choice(
            key="state", label=_("State"),
            choices=[("open", _("To confirm")), ("done", _("Confirmed"))],
            special={"open": _unconfirmed, "done": _confirmed},
        ),
        Choice(
            key="method", label=_("Payout method"), path="provider", choices=Provider.choices
        ),
        common.by_region(),
    ),
)  # fmt: skip


def _reports(access: StaffAccess) -> Rows:
    return queries.bank_reports(access.scope)


BANK_REPORTS = RowList(
    name="payout-bank-reports",
    title=_("Bank reports"),
    permission="payout:read",
    is_whole=True,
    rows=_reports,
    default="-imported",
    columns=(
        Column(
            key="file", heading=_("File"), value="name", sort=True,
            template="staff/payouts/report_name_cell.html",
        ),
        Column(key="format", heading=_("Format"), value="get_kind_display", sort=["kind"]),
        Column(key="imported", heading=_("Imported"), value="applied_at", kind="moment", sort=True),
        Column(key="by", heading=_("By"), value="applied_by.name", sort=True),
        Column(
            key="payouts", heading=_("Payouts"), value="item_count", kind="number",
            sort=[F("item_count")],
        ),
        Column(key="sha", heading="SHA-256", value="sha256", kind="code", shown=False),
    ),
    filters=(
        Search(key="q", label=_("File"), finds=common.holds("name", "sha256")),
        Choice(key="format", label=_("Format"), path="kind", choices=BankReportKind.choices),
        DateRange(key="imported", label=_("Imported"), path="applied_at", is_moment=True),
    ),
)  # fmt: skip
