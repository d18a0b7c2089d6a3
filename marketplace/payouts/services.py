"""What others may do with payouts: the public door of the room's writes."""

from marketplace.payouts.bank_files.making import download_bank_file, make_bank_file
from marketplace.payouts.commissions import set_commission
from marketplace.payouts.ledger.settlements import pay_carrier, settle_card_provider
from marketplace.payouts.runs.approving import approve_run, send_back
from marketplace.payouts.runs.preparing import prepare_run
from marketplace.payouts.runs.settling import mark_returned, mark_sent, mark_settled

__all__ = [
    "approve_run",
    "download_bank_file",
    "make_bank_file",
    "mark_returned",
    "mark_sent",
    "mark_settled",
    "pay_carrier",
    "prepare_run",
    "send_back",
    "set_commission",
    "settle_card_provider",
]
