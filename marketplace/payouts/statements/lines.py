"""A cooperative's monthly statement: what became available and what was paid."""

from collections import Counter
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Q, QuerySet, Sum
from django.utils.translation import gettext as _

from marketplace.ledger.chart import AccountCode, Cause
from marketplace.ledger.models import Entry, LedgerTransaction
from marketplace.payouts.balances.balance_history import (
    SALES,
    Movements,
    StatementRow,
    balance_movements,
)
from marketplace.payouts.models import PayoutLine
from vendors.scoping import CooperativeScope

__all__ = ["Statement", "StatementRow", "months", "payments_in", "statements"]

# Causes other than sales; any other is a correction.
_KINDS = {
    Cause.CONVERSION: "converted",
    Cause.DELIVERY_WAIVED: "delivery",
    Cause.PAYOUT_RESERVED: "paid",
    Cause.PAYOUT_FREED: "returned",
    Cause.PAYOUT_RETURNED: "returned",
}


@dataclass(frozen=True)
class Statement:
    """A month in one currency, in minor units: opening balance, movements, closing balance.

    Opening + sold + vouchers − refunded − commission − tax − delivery + converted + corrected −
    paid + returned is the closing balance, which is the ledger's at the end of the month.
    """

    month: date
    currency: str
    opening_minor: int
    closing_minor: int
    # Before commission: delivered sales, vouchers that others bear, and refunds.
    sold_minor: int
    vouchers_minor: int
    refunded_minor: int
    commission_minor: int
    tax_minor: int
    # Carriers' prices of deliveries that the cooperative made free for buyers.
    delivery_minor: int
    converted_minor: int
    corrected_minor: int
    paid_minor: int
    returned_minor: int
    rows: Movements

    @property
    def earned_minor(self) -> int:
        """Sales less refunds, after commission; with conversions."""
        return self.closing_minor - self.opening_minor + self.paid_out_minor

    @property
    def paid_out_minor(self) -> int:
        """Payments less returned payments."""
        return self.paid_minor - self.returned_minor

    @property
    def sums(self) -> list[tuple[str, int]]:
        """The month's sums with labels in the reader's language, from opening to closing balance.

        Sums of zero are omitted, except balances and sales.
        """
        parts = (
            (_("Opening balance"), self.opening_minor, True),
            (_("Delivered sales"), self.sold_minor, True),
            (_("Vouchers borne by the programme or a region"), self.vouchers_minor, False),
            (_("Refunded to buyers"), -self.refunded_minor, False),
            (_("Commission"), -self.commission_minor, False),
            (_("VAT on the commission"), -self.tax_minor, False),
            (_("Delivery made free for buyers"), -self.delivery_minor, False),
            (_("Currency conversion"), self.converted_minor, False),
            (_("Corrections"), self.corrected_minor, False),
            (_("Paid out"), -self.paid_minor, False),
            (_("Payouts returned by the bank"), self.returned_minor, False),
            (_("Closing balance"), self.closing_minor, True),
        )
        return [(label, amount) for label, amount, always in parts if amount or always]


def statements(scope: CooperativeScope, month: date) -> list[Statement]:
    """A month's statements, for each currency with movements or a balance; ``month`` is any day."""
    first = month.replace(day=1)
    until = next_month(first)
    balances = (
        Entry.objects.within(scope)
        .filter(account__code=AccountCode.RELEASED, transaction__booked_on__lt=until)
        .values_list("currency")
        .annotate(
            opening=Sum("amount_minor", filter=Q(transaction__booked_on__lt=first), default=0),
        )
        .order_by("currency")
    )
    found = [_statement(scope, first, currency, -opening) for currency, opening in balances]
    return [s for s in found if s.rows or s.opening_minor]


def months(scope: CooperativeScope) -> list[date]:
    """The months in which the available balance changed, the latest first."""
    days = (
        LedgerTransaction.objects.within(scope)
        .filter(entries__account__code=AccountCode.RELEASED)
        .dates("booked_on", "month", order="DESC")
    )
    return list(days)


def payments_in(scope: CooperativeScope, statement: Statement) -> list[PayoutLine]:
    """The payments reserved in the month of a statement, in order."""
    taken = _within_month(balance_movements(scope, statement.currency), statement.month)
    lines = PayoutLine.objects.within(scope).filter(
        pk__in=taken.filter(cause=Cause.PAYOUT_RESERVED).values("payout_line_id")
    )
    return list(lines.select_related("run").order_by("run__prepared_at"))


def _statement(scope: CooperativeScope, first: date, currency: str, opening: int) -> Statement:
    query = _within_month(balance_movements(scope, currency), first)
    amounts = _sums(query)
    return Statement(
        month=first,
        currency=currency,
        opening_minor=opening,
        closing_minor=opening + amounts["change"],
        sold_minor=amounts["sold"],
        vouchers_minor=amounts["vouchers"],
        refunded_minor=-amounts["refunded"],
        commission_minor=amounts["commission"],
        tax_minor=amounts["tax"],
        delivery_minor=-amounts["delivery"],
        converted_minor=amounts["converted"],
        corrected_minor=amounts["corrected"],
        paid_minor=-amounts["paid"],
        returned_minor=amounts["returned"],
        rows=Movements(scope, query, currency, opening, amounts["count"]),
    )


def _sums(query: "QuerySet[Any]") -> Counter[str]:
    """The sums of the movements by kind, and their number.

    Read row by row: aggregating in the database is slower for all but the longest months.
    """
    sums: Counter[str] = Counter()
    columns = ("cause", "released", "commission", "tax", "voucher")
    for cause, released, commission, tax, voucher in query.values_list(*columns).iterator():
        sums["count"] += 1
        sums["change"] += released
        if cause in SALES:
            paid = released + commission + tax - voucher
            sums["sold" if released > 0 else "refunded"] += paid
            sums["vouchers"] += voucher
            sums["commission"] += commission
            sums["tax"] += tax
        else:
            sums[_KINDS.get(cause, "corrected")] += released
    return sums


def _within_month(query: "QuerySet[Any]", first: date) -> "QuerySet[Any]":
    return query.filter(booked_on__gte=first, booked_on__lt=next_month(first))


def next_month(first: date) -> date:
    """The first day of the following month."""
    return first.replace(year=first.year + first.month // 12, month=first.month % 12 + 1)
