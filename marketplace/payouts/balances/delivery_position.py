"""Delivery that was free for the buyer, on the accounts of a sale.

Its price is owed to the carrier from the delivery on, as that of any other parcel. It is a cost,
which the cooperative bears that made it free: it is deducted from what is available to it, once
money of the sale has been received, whatever becomes of the goods after that. What is cancelled
before a parcel arrived costs nothing.
"""

from marketplace.ledger.chart import AccountCode as Code
from marketplace.payouts.balances.sale_totals import SaleTotals


def delivery_balances(known: SaleTotals, *, is_received: bool) -> dict[Code, int]:
    """The balances of a sale's free delivery, minor units; none where the buyer paid it."""
    cost = known.waived.shipping
    borne = cost if is_received else 0
    found = {
        Code.DELIVERY_COST: cost,
        Code.SHIPPING_PAYABLE: -cost,
        Code.DELIVERY_BORNE: -borne,
        Code.RELEASED: borne,
    }
    return {code: amount for code, amount in found.items() if amount}
