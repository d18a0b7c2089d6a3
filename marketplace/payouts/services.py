"""The public door of the room's writes: one use case each, with its own file."""

from marketplace.ledger.accounting.bring_in_balances import bring_in_balances
from marketplace.ledger.accounting.map_account import map_account
from marketplace.ledger.book_settlements import pay_carrier, settle_card_provider
from marketplace.payouts.balances.change_commission import (
    confirm_commission_change,
    propose_commission,
    propose_commission_end,
    withdraw_commission_change,
)
from marketplace.payouts.balances.end_debt import end_debt
from marketplace.payouts.balances.set_commission import end_commission, set_commission
from marketplace.payouts.bank_files.download import download_bank_file
from marketplace.payouts.bank_files.make import make_bank_file
from marketplace.payouts.bank_reports.apply import apply_bank_report
from marketplace.payouts.bank_reports.preview import preview_bank_report
from marketplace.payouts.bank_reports.stage import stage_bank_report
from marketplace.payouts.close_period import close_months, close_period
from marketplace.payouts.reconciliation.compare_statement import compare_statement
from marketplace.payouts.reconciliation.explain_difference import explain_difference
from marketplace.payouts.runs.approve import approve_run
from marketplace.payouts.runs.hold import lift_hold, place_hold
from marketplace.payouts.runs.mark_sent import mark_sent
from marketplace.payouts.runs.prepare import prepare_run
from marketplace.payouts.runs.return_payment import mark_returned
from marketplace.payouts.runs.send import send_by_provider
from marketplace.payouts.runs.send_back import send_back
from marketplace.payouts.runs.set_route import confirm_route, set_route
from marketplace.payouts.runs.settle import mark_settled
from marketplace.payouts.runs.submit_draft import submit_draft

__all__ = [
    "apply_bank_report",
    "approve_run",
    "bring_in_balances",
    "close_months",
    "close_period",
    "compare_statement",
    "confirm_commission_change",
    "confirm_route",
    "download_bank_file",
    "end_commission",
    "end_debt",
    "explain_difference",
    "lift_hold",
    "make_bank_file",
    "map_account",
    "mark_returned",
    "mark_sent",
    "mark_settled",
    "pay_carrier",
    "place_hold",
    "prepare_run",
    "preview_bank_report",
    "propose_commission",
    "propose_commission_end",
    "send_back",
    "send_by_provider",
    "set_commission",
    "set_route",
    "settle_card_provider",
    "stage_bank_report",
    "submit_draft",
    "withdraw_commission_change",
]
