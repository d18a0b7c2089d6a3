"""Tables of payments, refunds and cash on delivery. Amounts are minor units."""

from marketplace.payments.invoices.models import BuyerInvoice, BuyerInvoiceKind
from marketplace.payments.models.bank import (
    BankEntry,
    BankStatement,
    BankTransfer,
    EntryState,
    TransferState,
)
from marketplace.payments.models.cash import CashLimit, Remittance, RemittanceLine
from marketplace.payments.models.disputes import DisputeState, PaymentDispute
from marketplace.payments.models.payments import (
    PREPAID,
    Method,
    Payment,
    PaymentSplit,
    PaymentState,
    RemotePayment,
    TestCharge,
)
from marketplace.payments.models.provider_notices import ProviderFact, ProviderNotice
from marketplace.payments.models.refunds import HandRefund, Refund, RefundLine, RefundState

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
    "HandRefund",
    "Method",
    "Payment",
    "PaymentDispute",
    "PaymentSplit",
    "PaymentState",
    "ProviderFact",
    "ProviderNotice",
    "Refund",
    "RefundLine",
    "RefundState",
    "Remittance",
    "RemittanceLine",
    "RemotePayment",
    "TestCharge",
    "TransferState",
]
