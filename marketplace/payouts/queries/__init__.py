"""The public door of the room's reads: balances, runs, payments, routes, bank reports.

Amounts are in minor units; pages have 25 rows. Queries for one row raise NotFound.
"""

from marketplace.payouts.queries.cooperative_balances import Balance, balances
from marketplace.payouts.queries.cooperative_payments import last_return, payment, payments
from marketplace.payouts.queries.imported_reports import bank_reports, staged_bank_report
from marketplace.payouts.queries.line_sums import line_sums, run_sums
from marketplace.payouts.queries.paid_amounts import PaidAmounts, paid_amounts
from marketplace.payouts.queries.payout_holds import hold, hold_at, holds
from marketplace.payouts.queries.payout_routes import payout_methods_in_use, route, routes
from marketplace.payouts.queries.payout_runs import (
    StateTally,
    run,
    run_line,
    run_lines,
    runs,
    tallies,
)

__all__ = [
    "Balance",
    "PaidAmounts",
    "StateTally",
    "balances",
    "bank_reports",
    "hold",
    "hold_at",
    "holds",
    "last_return",
    "line_sums",
    "paid_amounts",
    "payment",
    "payments",
    "payout_methods_in_use",
    "route",
    "routes",
    "run",
    "run_line",
    "run_lines",
    "run_sums",
    "runs",
    "staged_bank_report",
    "tallies",
]
