"""What we write into the engine's metadata, under which keys: nothing personal.

Public metadata of a checkout and of its lines is written by whoever holds the checkout, and the
engine copies it to the order: nothing is read from there. What a checkout bought here will be (the
order's id, its market, how it is paid) is our own ``CheckoutAttempt``, found by the checkout's id.
"""

# Private metadata of an order that an import brought in, which only Apps and staff write: its
# market, how it was paid, the price of each cooperative's parcel (JSON), and when each parcel left,
# by tracking number (JSON). The engine dates the fulfilments of an import itself.
MARKET_KEY = "twiza.market"
METHOD_KEY = "twiza.payment_method"
PARCELS_KEY = "twiza.parcels"
SENT_KEY = "twiza.sent"
# On a delivery method of our App: which service it is; beside it ``PARCELS_KEY``.
SERVICE_KEY = "twiza.service"
