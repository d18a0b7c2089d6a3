"""The chart of accounts.

Amounts are signed minor units, debit positive, credit negative: assets and expenses are positive,
liabilities and income negative. ``owed`` inverts the sign of a liability.
"""

from django.db import models
from django.utils.translation import gettext_lazy as _


class AccountCode(models.TextChoices):
    """Every account of a book; ``COOPERATIVE_ACCOUNTS`` are kept per cooperative."""

    PSP_CLEARING = "psp_clearing", _("card provider")
    PSP_DISPUTED = "psp_disputed", _("card provider, disputed")
    CARRIER_COD = "carrier_cod", _("cash held by carriers")
    BANK = "bank", _("programme's bank account")

    HELD = "held", _("cooperatives, pending")
    RELEASED = "released", _("cooperatives, available")
    IN_RUN = "in_run", _("cooperatives, being paid")
    DISPUTED = "disputed", _("cooperatives, disputed")
    TAX_PAYABLE = "tax_payable", _("tax payable")
    SHIPPING_PAYABLE = "shipping_payable", _("carriers, delivery payable")
    BUYER_REFUNDABLE = "buyer_refundable", _("buyers, refunds payable")
    VOUCHER_PAYABLE = "voucher_payable", _("vouchers, payable to cooperatives")
    SUSPENSE = "suspense", _("suspense account")
    OPENING = "opening", _("opening balances")

    COMMISSION = "commission", _("commission")
    PSP_FEE = "psp_fee", _("card provider's fees")
    SHIPPING_REFUNDED = "shipping_refunded", _("delivery refunded after arrival")
    CHARGEBACK = "chargeback", _("chargebacks borne by the programme")
    REFUND_COST = "refund_cost", _("refunds borne by the programme")
    VOUCHER_COST = "voucher_cost", _("vouchers borne by the programme")
    VOUCHER_REGION = "voucher_region", _("vouchers borne by regions")
    DELIVERY_COST = "delivery_cost", _("delivery free for buyers")
    DELIVERY_BORNE = "delivery_borne", _("free delivery borne by cooperatives")
    ROUNDING = "rounding", _("rounding differences")
    FX = "fx", _("currency conversion")


ASSETS = frozenset(
    {
        AccountCode.PSP_CLEARING,
        AccountCode.PSP_DISPUTED,
        AccountCode.CARRIER_COD,
        AccountCode.BANK,
    }
)
# What is borne of vouchers, and what of it no cooperative has yet.
VOUCHER_ACCOUNTS = (
    AccountCode.VOUCHER_COST,
    AccountCode.VOUCHER_REGION,
    AccountCode.VOUCHER_PAYABLE,
)
COOPERATIVE_ACCOUNTS = frozenset(
    {AccountCode.HELD, AccountCode.RELEASED, AccountCode.IN_RUN, AccountCode.DISPUTED}
)


class Cause(models.TextChoices):
    """Why a transaction was posted."""

    PAYMENT_CAPTURED = "payment_captured", _("card payment by buyer")
    PARCEL_DELIVERED = "parcel_delivered", _("parcel delivered")
    DELIVERY_WAIVED = "delivery_waived", _("delivery free for the buyer")
    CASH_REMITTED = "cash_remitted", _("cash handed over by carrier")
    REFUND_MADE = "refund_made", _("buyer refunded")
    ORDER_CANCELLED = "order_cancelled", _("order cancelled")
    ORDER_PLACED = "order_placed", _("order placed")
    CONVERSION = "conversion", _("conversion to payout currency")
    PAYOUT_RESERVED = "payout_reserved", _("included in a payout")
    PAYOUT_FREED = "payout_freed", _("removed from a payout")
    PAYOUT_SETTLED = "payout_settled", _("payout made by the bank")
    PAYOUT_RETURNED = "payout_returned", _("returned by the bank")
    PSP_SETTLED = "psp_settled", _("transfer from card provider")
    CARRIER_PAID = "carrier_paid", _("payment to carrier")
    DISPUTE_OPENED = "dispute_opened", _("dispute opened by buyer's bank")
    DISPUTE_WON = "dispute_won", _("dispute won")
    DISPUTE_LOST = "dispute_lost", _("dispute lost")
    PSP_FEE_CHARGED = "psp_fee_charged", _("card provider's fee")
    OPENING = "opening", _("opening balance")
    CORRECTION = "correction", _("difference explained")
    DEBT_REPAID = "debt_repaid", _("repaid by the cooperative")
    DEBT_BORNE = "debt_borne", _("borne by the programme")


def owed(amount_minor: int) -> int:
    """A liability as the creditor sees it: positive is what the programme owes."""
    return -amount_minor
