"""Use cases of payments: project them, refund buyers, book carriers' cash."""

from marketplace.payments.services.bank_import import (
    import_statement,
    preview_statement,
    stage_statement,
)
from marketplace.payments.services.bank_matching import accept_entry, set_entry_aside
from marketplace.payments.services.bank_transfers import (
    expire_transfers,
    report_received_transfers,
)
from marketplace.payments.services.cancellations import (
    cancel_as_member,
    cancel_as_staff,
    propose_cancellation,
    refund_cancelled,
)
from marketplace.payments.services.cash_limits import end_cash_limit, set_cash_limit
from marketplace.payments.services.collected_cash import charge_all_collected
from marketplace.payments.services.complaints import (
    decide_complaint,
    proposal_of,
    refund_of,
    reopen_stuck,
    reopen_undone,
    request_due_refund,
    request_due_refunds,
)
from marketplace.payments.services.engine_refunds import book_whole_refunds, unbooked
from marketplace.payments.services.external_payments import (
    close_abandoned_payments,
    refresh_payment,
    report_settled_payments,
)
from marketplace.payments.services.mails import (
    mail_refund_of_failed_checkout,
    mail_staff_of_failed_checkout,
    mail_transfer_instructions,
)
from marketplace.payments.services.manual_refunds import confirm_manual_refund
from marketplace.payments.services.projection import (
    capture_payments,
    project_transactions,
    project_transactions_of,
)
from marketplace.payments.services.record_remittance import due_at_door, record_remittance
from marketplace.payments.services.refund import make_refund, send_refund
from marketplace.payments.services.refund_proposals import (
    confirm_refund_proposal,
    expire_refund_proposals,
    propose_refund,
    withdraw_refund_proposal,
)
from marketplace.payments.services.refusals import (
    Consequences,
    consequences,
    refuse_as_member,
    request_due_refusals,
)
from marketplace.payments.services.request_refund import request_refund, rest_of
from marketplace.payments.services.sweeps import (
    ask_returns_of_failed_checkout,
    return_payments_without_order,
    settle_open_refunds,
    settle_returns,
)
from marketplace.payments.services.transaction_sweep import sweep_transactions

__all__ = [
    "Consequences",
    "accept_entry",
    "ask_returns_of_failed_checkout",
    "book_whole_refunds",
    "cancel_as_member",
    "cancel_as_staff",
    "capture_payments",
    "charge_all_collected",
    "close_abandoned_payments",
    "confirm_manual_refund",
    "confirm_refund_proposal",
    "consequences",
    "decide_complaint",
    "due_at_door",
    "end_cash_limit",
    "expire_refund_proposals",
    "expire_transfers",
    "import_statement",
    "mail_refund_of_failed_checkout",
    "mail_staff_of_failed_checkout",
    "mail_transfer_instructions",
    "make_refund",
    "preview_statement",
    "project_transactions",
    "project_transactions_of",
    "proposal_of",
    "propose_cancellation",
    "propose_refund",
    "record_remittance",
    "refresh_payment",
    "refund_cancelled",
    "refund_of",
    "refuse_as_member",
    "reopen_stuck",
    "reopen_undone",
    "report_received_transfers",
    "report_settled_payments",
    "request_due_refund",
    "request_due_refunds",
    "request_due_refusals",
    "request_refund",
    "rest_of",
    "return_payments_without_order",
    "send_refund",
    "set_cash_limit",
    "set_entry_aside",
    "settle_open_refunds",
    "settle_returns",
    "stage_statement",
    "sweep_transactions",
    "unbooked",
    "withdraw_refund_proposal",
]
