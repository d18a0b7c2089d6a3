"""What a cooperative's members may read of it: its orders and its money."""

import re
from datetime import date
from typing import Any

import graphene
from django.utils import timezone

from marketplace.core.money import Money as Amount
from marketplace.ledger.chart import Cause
from marketplace.orders.models import VendorOrder
from marketplace.payouts import queries as payouts
from marketplace.payouts.statements import lines as statements
from marketplace.web.api.caller import caller
from marketplace.web.api.errors import NotThere, OddValue
from marketplace.web.api.fields import Money, argument, enum_of, field, several
from marketplace.web.api.paging import connection, page_of_list
from marketplace.web.api.types import find_order, one_order, order_list, orders_page

_MONTH = re.compile(r"(\d{4})-(\d{2})")
COOPERATIVE = argument(graphene.String, "The cooperative's slug.", required=True)
WhyMoved = enum_of("MovementCause", "Why money moved.", Cause)


class Movement(graphene.ObjectType):
    """One movement of the money that a cooperative can be paid."""

    booked_on = field(graphene.Date, "The day on which it counts.")
    cause = field(WhyMoved, "Why it moved.")
    number = field(graphene.String, "The vendor order's number, or the payout's.")
    gross = field(Money, "Before the commission.")
    commission = field(Money, "The programme's commission.")
    commission_tax = field(Money, "The VAT on the commission.")
    amount = field(Money, "What was added, or taken when negative.")
    balance = field(Money, "What there was afterwards.")


class Statement(graphene.ObjectType):
    """A cooperative's month in one currency."""

    month = field(graphene.Date, "The month's first day.")
    currency = field(graphene.String, "The currency's ISO 4217 code.")
    opening = field(Money, "What there was before.")
    earned = field(Money, "What sales added less refunds, after commission.")
    paid = field(Money, "What left for the bank, less what came back.")
    closing = field(Money, "What there was at the end.")
    movements = connection(Movement, "Its movements, in order.")

    @staticmethod
    def resolve_opening(root: statements.Statement, _info: Any) -> Amount:
        return Amount(root.opening_minor, root.currency)

    @staticmethod
    def resolve_earned(root: statements.Statement, _info: Any) -> Amount:
        return Amount(root.earned_minor, root.currency)

    @staticmethod
    def resolve_paid(root: statements.Statement, _info: Any) -> Amount:
        return Amount(root.paid_out_minor, root.currency)

    @staticmethod
    def resolve_closing(root: statements.Statement, _info: Any) -> Amount:
        return Amount(root.closing_minor, root.currency)

    @staticmethod
    def resolve_movements(
        root: statements.Statement, _info: Any, first: int | None = None, after: str | None = None
    ) -> dict[str, Any]:
        page = page_of_list(root.rows, first=first, after=after)
        for edge in page["edges"]:
            edge["node"] = _movement(edge["node"], root.currency)
        return page


class Balance(graphene.ObjectType):
    """What a cooperative has in one currency."""

    currency = field(graphene.String, "The currency's ISO 4217 code.")
    coming = field(Money, "Paid by buyers, and kept until the parcels arrive.")
    available = field(Money, "To be paid with the next payout.")
    being_paid = field(Money, "On its way to the bank.")
    disputed = field(Money, "Taken back by buyers' banks, which have not decided.")


class MemberFields(graphene.ObjectType):
    """Fields of the query for members; each names the cooperative for which they act."""

    vendor_orders = order_list(
        "A cooperative's orders, the latest first. For members who see orders.",
        cooperative=COOPERATIVE,
    )
    vendor_order = one_order(
        "One order of a cooperative, with whom it goes to. For members who see orders.",
        cooperative=COOPERATIVE,
    )
    statement = several(
        Statement,
        "A cooperative's month, a statement for each currency. For members who see money.",
        required=False,
        cooperative=COOPERATIVE,
        month=argument(graphene.String, "The month: “2026-03”.", required=True),
    )
    balances = several(
        Balance,
        "What a cooperative has, by currency. For members who see money.",
        required=False,
        cooperative=COOPERATIVE,
    )

    @staticmethod
    def resolve_vendor_orders(
        _root: None,
        info: Any,
        cooperative: str,
        state: Any = None,
        text: str | None = None,
        first: int | None = None,
        after: str | None = None,
    ) -> dict[str, Any]:
        access = caller(info).member(cooperative, "order:read")
        return orders_page(access.scope, state=state, text=text, first=first, after=after)

    @staticmethod
    def resolve_vendor_order(
        _root: None,
        info: Any,
        cooperative: str,
        id: str | None = None,  # noqa: A002 -- the argument's name
        number: str | None = None,
    ) -> VendorOrder:
        access = caller(info).member(cooperative, "order:read")
        return find_order(access.scope, id, number)

    @staticmethod
    def resolve_statement(
        _root: None, info: Any, cooperative: str, month: str
    ) -> list[statements.Statement]:
        access = caller(info).member(cooperative, "money:read")
        return statements.statements(access.scope, _month(month))

    @staticmethod
    def resolve_balances(_root: None, info: Any, cooperative: str) -> list[dict[str, Any]]:
        access = caller(info).member(cooperative, "money:read")
        return [_balance(balance) for balance in payouts.balances(access.scope)]


def _balance(balance: payouts.Balance) -> dict[str, Any]:
    return {
        "currency": balance.currency,
        "coming": Amount(balance.held_minor, balance.currency),
        "available": Amount(balance.released_minor, balance.currency),
        "being_paid": Amount(balance.in_run_minor, balance.currency),
        "disputed": Amount(balance.disputed_minor, balance.currency),
    }


def _movement(row: statements.StatementRow, currency: str) -> dict[str, Any]:
    return {
        "booked_on": row.booked_on,
        "cause": row.cause,
        "number": row.number,
        "gross": Amount(row.gross_minor, currency),
        "commission": Amount(row.commission_minor, currency),
        "commission_tax": Amount(row.tax_minor, currency),
        "amount": Amount(row.amount_minor, currency),
        "balance": Amount(row.balance_minor, currency),
    }


def _month(text: str) -> date:
    """The first day of a month; raises OddValue, or NotThere for one to come."""
    found = _MONTH.fullmatch(text)
    try:
        day = date(int(found[1]), int(found[2]), 1) if found else None
    except ValueError:
        day = None
    if day is None:
        raise OddValue(name="month")
    if day > timezone.localdate():
        raise NotThere
    return day
