"""Buying a basket: start, choose a delivery, pay, place. Each step may be repeated safely.

Every step writes its intent, commits, asks the engine as an anonymous buyer, and records the
answer. A process that dies in between leaves an attempt which the same step, called again, brings
to its end; an order that the engine already made is found by webhook or sweep.
"""

from marketplace.orders.services.checkout.additions import Additions, AdditionsRefused
from marketplace.orders.services.checkout.begin import start
from marketplace.orders.services.checkout.cash_code import confirm, send_code
from marketplace.orders.services.checkout.completion import complete
from marketplace.orders.services.checkout.delivery import choose_delivery
from marketplace.orders.services.checkout.payment import PayOutcome, pay, process_payment

__all__ = [
    "Additions",
    "AdditionsRefused",
    "PayOutcome",
    "choose_delivery",
    "complete",
    "confirm",
    "pay",
    "process_payment",
    "send_code",
    "start",
]
