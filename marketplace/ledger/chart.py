"""The chart of accounts.

Amounts are signed minor units: a debit is positive, a credit negative. What the programme has or
spent shows positive, what it owes or earned negative; ``owed`` turns the sign for reading.
"""

from django.db import models
from django.utils.translation import gettext_lazy as _


class AccountCode(models.TextChoices):
    """Every account of a book. The first four of the second group are kept per cooperative."""

    PSP_CLEARING = "psp_clearing", _("with the card provider")
    PSP_DISPUTED = "psp_disputed", _("with the card provider, disputed")
    CARRIER_COD = "carrier_cod", _("cash with the carriers")
    BANK = "bank", _("programme's bank account")

    HELD = "held", _("cooperatives, before delivery")
    RELEASED = "released", _("cooperatives, available")
    IN_RUN = "in_run", _("cooperatives, being paid")
    DISPUTED = "disputed", _("cooperatives, disputed by a buyer's bank")
    TAX_PAYABLE = "tax_payable", _("tax to pay")
    SHIPPING_PAYABLE = "shipping_payable", _("carriers, for delivery")
    BUYER_REFUNDABLE = "buyer_refundable", _("buyers, to refund")
    SUSPENSE = "suspense", _("differences being looked into")
    OPENING = "opening", _("opening balances")

    COMMISSION = "commission", _("commission")
    PSP_FEE = "psp_fee", _("card provider's fees")
    SHIPPING_REFUNDED = "shipping_refunded", _("delivery refunded after arrival")
    CHARGEBACK = "chargeback", _("chargebacks that the programme bears")
    REFUND_COST = "refund_cost", _("refunds that the programme bears")
    ROUNDING = "rounding", _("rounding")
    FX = "fx", _("currency conversion")


ASSETS = frozenset(
    {
        AccountCode.PSP_CLEARING,
        AccountCode.PSP_DISPUTED,
        AccountCode.CARRIER_COD,
        AccountCode.BANK,
    }
)
COOPERATIVE_ACCOUNTS = frozenset(
    {AccountCode.HELD, AccountCode.RELEASED, AccountCode.IN_RUN, AccountCode.DISPUTED}
)


class Cause(models.TextChoices):
    """Why a transaction was posted."""

    PAYMENT_CAPTURED = "payment_captured", _("buyer paid by card")
    PARCEL_DELIVERED = "parcel_delivered", _("parcel delivered")
    CASH_REMITTED = "cash_remitted", _("carrier handed over the cash")
    REFUND_MADE = "refund_made", _("buyer refunded")
    ORDER_CANCELLED = "order_cancelled", _("order cancelled")
    ORDER_PLACED = "order_placed", _("order placed")
    CONVERSION = "conversion", _("converted to the payout currency")
    PAYOUT_RESERVED = "payout_reserved", _("put into a payout")
    PAYOUT_FREED = "payout_freed", _("taken out of a payout")
    PAYOUT_SETTLED = "payout_settled", _("paid by the bank")
    PAYOUT_RETURNED = "payout_returned", _("sent back by the bank")
    PSP_SETTLED = "psp_settled", _("card provider paid out")
    CARRIER_PAID = "carrier_paid", _("carrier paid")
    DISPUTE_OPENED = "dispute_opened", _("disputed by the buyer's bank")
    DISPUTE_WON = "dispute_won", _("dispute won")
    DISPUTE_LOST = "dispute_lost", _("dispute lost")
    PSP_FEE_CHARGED = "psp_fee_charged", _("card provider's fee")
    OPENING = "opening", _("opening balance")
    CORRECTION = "correction", _("difference explained")
    DEBT_REPAID = "debt_repaid", _("paid back by the cooperative")
    DEBT_BORNE = "debt_borne", _("borne by the programme")


def owed(amount_minor: int) -> int:
    """A balance as the creditor reads it: positive is what the programme owes them."""
    return -amount_minor
