"""The journals of a book, and the journal of each cause."""

from typing import NamedTuple

from marketplace.ledger.chart import Cause


class Journal(NamedTuple):
    """A journal; its label is for exports, in French."""

    code: str
    label: str


SALES = Journal("VT", "Ventes pour compte des coopératives")
BANK = Journal("BQ", "Banque et prestataires de paiement")
MISCELLANEOUS = Journal("OD", "Opérations diverses")
OPENING = Journal("AN", "À nouveaux")

_BY_CAUSE = {
    Cause.PAYMENT_CAPTURED: SALES,
    Cause.ORDER_PLACED: SALES,
    Cause.PARCEL_DELIVERED: SALES,
    Cause.REFUND_MADE: SALES,
    Cause.ORDER_CANCELLED: SALES,
    Cause.DISPUTE_OPENED: SALES,
    Cause.DISPUTE_WON: SALES,
    Cause.DISPUTE_LOST: SALES,
    Cause.CASH_REMITTED: BANK,
    Cause.PAYOUT_SETTLED: BANK,
    Cause.PAYOUT_RETURNED: BANK,
    Cause.PSP_SETTLED: BANK,
    Cause.PSP_FEE_CHARGED: BANK,
    Cause.CARRIER_PAID: BANK,
    Cause.DEBT_REPAID: BANK,
    Cause.OPENING: OPENING,
}


def journal_of(cause: Cause) -> Journal:
    """The journal of a cause; by default the miscellaneous one."""
    return _BY_CAUSE.get(cause, MISCELLANEOUS)
