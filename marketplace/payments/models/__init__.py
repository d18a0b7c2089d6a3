"""Tables of payments, refunds and cash on delivery. Amounts are minor units."""

from marketplace.payments.invoices.models import BuyerInvoice, BuyerInvoiceKind
from marketplace.payments.models.bank import (
    BankEntry,
    BankStatement,
    BankTransfer,
    EntryState,
    StagedBankStatement,
    TransferState,
)
from marketplace.payments.models.cash import CashLimit, Remittance, RemittanceLine
from marketplace.payments.models.disputes import DisputeState, PaymentDispute
from marketplace.payments.models.payments import (
    PREPAID,
    ExternalPayment,
    Method,
    Payment,
    PaymentSplit,
    PaymentState,
    TestCharge,
)
from marketplace.payments.models.provider_notifications import ProviderFact, ProviderNotification
from marketplace.payments.models.refund_proposals import ProposalState, RefundProposal
from marketplace.payments.models.refunds import ManualRefund, Refund, RefundLine, RefundState

__all__ = [
    "PREPAID",
    "BankEntry",
    "BankStatement",
    "BankTransfer",
    "BuyerInvoice",
    "BuyerInvoiceKind",
    "CashLimit",
    "DisputeState",
    "EntryState",
    "ExternalPayment",
    "ManualRefund",
    "Method",
    "Payment",
    "PaymentDispute",
    "PaymentSplit",
    "PaymentState",
    "ProposalState",
    "ProviderFact",
    "ProviderNotification",
    "Refund",
    "RefundLine",
    "RefundProposal",
    "RefundState",
    "Remittance",
    "RemittanceLine",
    "StagedBankStatement",
    "TestCharge",
    "TransferState",
]
