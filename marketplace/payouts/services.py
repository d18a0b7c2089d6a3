"""What others may do with payouts: the public door of the room's writes."""

from marketplace.ledger.accounting.mapping import map_account
from marketplace.ledger.accounting.opening import bring_in_balances
from marketplace.ledger.settlements import pay_carrier, settle_card_provider
from marketplace.payouts.balances.commissions import end_commission, set_commission
from marketplace.payouts.balances.debts import end_debt
from marketplace.payouts.bank_files.making import download_bank_file, make_bank_file
from marketplace.payouts.bank_reports.applying import preview_answer, stage_answer, take_answer
from marketplace.payouts.close_period import close_period
from marketplace.payouts.reconciliation.services import explain_difference
from marketplace.payouts.reconciliation.statements import compare_statement
from marketplace.payouts.runs.approving import approve_run, send_back
from marketplace.payouts.runs.holds import confirm_route, lift_hold, place_hold, set_route
from marketplace.payouts.runs.preparing import prepare_run, stand_for
from marketplace.payouts.runs.sending import send_by_provider
from marketplace.payouts.runs.settling import mark_returned, mark_sent, mark_settled

__all__ = [
    "approve_run",
    "bring_in_balances",
    "close_period",
    "compare_statement",
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
    "preview_answer",
    "send_back",
    "send_by_provider",
    "set_commission",
    "set_route",
    "settle_card_provider",
    "stage_answer",
    "stand_for",
    "take_answer",
]
