"""What we write into the engine's public metadata, under which keys: nothing personal."""

# On a checkout and its order: the id that our order will have, its market, how it is paid.
ORDER_KEY = "twiza.order"
MARKET_KEY = "twiza.market"
METHOD_KEY = "twiza.payment_method"
# On a delivery method: which service it is, and the price of each cooperative's parcel (JSON).
SERVICE_KEY = "twiza.service"
PARCELS_KEY = "twiza.parcels"
# On an order that an import brought in: when each parcel left, by tracking number (JSON). The
# engine dates the fulfilments of an import itself.
SENT_KEY = "twiza.sent"
