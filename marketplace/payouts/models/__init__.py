"""Tables of payouts; those of the ledger live in ``marketplace.ledger``."""

from marketplace.payouts.documents.models import CommissionInvoice, CommissionInvoiceKind
from marketplace.payouts.models.bank_files import BankFile, FileFormat
from marketplace.payouts.models.bank_reports import (
    BankReport,
    BankReportItem,
    BankReportKind,
    Outcome,
    ReportedStatus,
    StagedBankReport,
)
from marketplace.payouts.models.commission_changes import ChangeState, CommissionChange
from marketplace.payouts.models.routes import BY_STRIPE, PayoutHold, PayoutRoute, Provider
from marketplace.payouts.models.runs import (
    OPEN_STATES,
    DueOutcome,
    DuePayout,
    LineState,
    PayoutLine,
    PayoutRun,
    Reason,
    RunState,
)
from marketplace.payouts.models.sales import CommissionRule, FrozenCommission, Sale, SaleFact
from marketplace.payouts.reconciliation.models import Difference

__all__ = [
    "BY_STRIPE",
    "OPEN_STATES",
    "BankFile",
    "BankReport",
    "BankReportItem",
    "BankReportKind",
    "ChangeState",
    "CommissionChange",
    "CommissionInvoice",
    "CommissionInvoiceKind",
    "CommissionRule",
    "Difference",
    "DueOutcome",
    "DuePayout",
    "FileFormat",
    "FrozenCommission",
    "LineState",
    "Outcome",
    "PayoutHold",
    "PayoutLine",
    "PayoutRoute",
    "PayoutRun",
    "Provider",
    "Reason",
    "ReportedStatus",
    "RunState",
    "Sale",
    "SaleFact",
    "StagedBankReport",
]
