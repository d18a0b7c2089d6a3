"""The lists of incoming transfers, of cash from carriers and of its limits."""

from collections.abc import Sequence
from typing import Any

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from marketplace.payments import bank_queries, queries
from marketplace.payments.models import EntryState
from marketplace.web.lists.columns import Column
from marketplace.web.lists.declared import RowList
from marketplace.web.lists.filters import AmountRange, Choice, DateRange, Search
from marketplace.web.staff.lists import common


def _amount(key: str, label: Any, path: str) -> AmountRange:
    return AmountRange(
        key=key, label=label, path=path, currency_key="currency", home=common.home_currency
    )


BANK_ENTRIES = RowList(
    name="bank-entries",
    holds_persons=True,
    title=_("Incoming transfers"),
    permission="refund:make",
    is_whole=True,
    rows=lambda access: bank_queries.bank_entries(access.programme),
    # Those that match nothing first.
    order=("-state", "-booked_on"),
    columns=(
        Column(
            key="booked", heading=_("Booking date"), value="booked_on", kind="date", sort=True,
            link=common.link("bank-entry", entry_id="pk"),
        ),
        Column(key="sender", heading=_("From"), value="sender_name"),
        Column(key="details", heading=_("Details"), value="remittance", sort=True),
        Column(
            key="reference", heading=_("Reference"), value="bank_reference", kind="code",
            sort=True, shown=False,
        ),
        Column(key="amount", heading=_("Amount"), value="amount_minor", kind="money", sort=True),
        Column(
            key="state", heading=_("State"), value="get_state_display", sort=["state"],
            template="staff/refunds/entry_state_cell.html",
        ),
        Column(
            key="resolved", heading=_("Processed"), value="resolved_at", kind="moment",
            sort=True, nullable=True, shown=False,
        ),
    ),
    filters=(
        Search(
            key="q", label=_("Details or reference"), split=common.terms_of,
            finds=common.holds("remittance", "bank_reference"),
        ),
        Choice(key="state", label=_("State"), choices=EntryState.choices),
        DateRange(key="booked", label=_("Booking date"), path="booked_on"),
        _amount("amount", _("Amount"), "amount_minor"),
        common.currency(),
    ),
)  # fmt: skip


def entries_of(rows: Sequence[Any]) -> RowList:
    """The list of the entries of an uploaded statement, with what recording it does."""
    return RowList(
        name="bank-statement",
        title=_("Entries of the bank statement"),
        permission="refund:make",
        rows=lambda _access: rows,
        columns=(
            Column(key="booked", heading=_("Booking date"), value="entry.booked_on", kind="date"),
            Column(key="sender", heading=_("From or to"), value="entry.counterparty_name"),
            Column(key="details", heading=_("Details"), value="entry.remittance"),
            Column(
                key="amount", heading=_("Amount"), value="entry.signed_minor", kind="money",
                currency="entry.currency",
            ),
            Column(
                key="effect", heading=_("Effect"), value="effect.label",
                template="staff/refunds/effect_cell.html",
            ),
        ),
    )  # fmt: skip


REMITTANCES = RowList(
    name="remittances",
    title=_("Cash from carriers"),
    permission="order:read",
    is_whole=True,
    rows=lambda access: queries.remittances(access.programme),
    default="-received",
    columns=(
        Column(key="carrier", heading=_("Carrier"), value="carrier", sort=True),
        Column(
            key="reference", heading=_("Reference"), value="reference", kind="code", sort=True
        ),
        Column(
            key="received", heading=_("Received on"), value="received_on", kind="date",
            sort=["received_on", "recorded_at"],
        ),
        Column(key="amount", heading=_("Amount"), value="total_minor", kind="money", sort=True),
        Column(
            key="by", heading=_("By"), value="recorded_by.name", sort=True, nullable=True,
            shown=False,
        ),
    ),
    filters=(
        Search(
            key="q", label=_("Carrier or reference"), split=common.terms_of,
            finds=common.holds("carrier", "reference"),
        ),
        DateRange(key="received", label=_("Received on"), path="received_on"),
        _amount("amount", _("Amount"), "total_minor"),
        common.currency(),
    ),
)  # fmt: skip

CASH_LIMITS = RowList(
    name="cash-limits",
    title=_("Cash on delivery: limits"),
    permission="cash:limit",
    is_whole=True,
    rows=lambda access: queries.cash_limits(access.programme),
    order=("-valid_from", "currency", "region_code", "cooperative_slug"),
    columns=(
        Column(
            key="place", heading=_("For"), template="staff/refunds/limit_place_cell.html",
            sort=["region_code", "cooperative_slug"],
            value=lambda row: f"{common.region_label(row.region_code)} {row.cooperative_slug}"
            .strip(),
        ),
        Column(
            key="most", heading=_("Maximum"), value="most_minor", kind="money", sort=True,
            template="staff/refunds/limit_most_cell.html",
        ),
        Column(
            key="from", heading=pgettext_lazy("day", "From"), value="valid_from", kind="date",
            sort=True,
        ),
        Column(
            key="until", heading=_("Until"), value="valid_to", kind="date", sort=True,
            nullable=True,
        ),
        Column(key="source", heading=_("Source"), value="source", sort=True),
        Column(
            key="action", heading=_("Action"), in_files=False,
            template="staff/refunds/limit_end_cell.html",
        ),
    ),
    filters=(
        Search(
            key="q", label=_("Source or cooperative"),
            finds=common.holds("source", "cooperative_slug"),
        ),
        common.currency(),
        DateRange(key="from", label=_("First day"), path="valid_from"),
    ),
)  # fmt: skip
