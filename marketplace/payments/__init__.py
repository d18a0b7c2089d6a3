"""How buyers pay and are refunded: providers behind the engine's transactions, cash remitted.

Owns payments and how they divide over cooperatives, refunds, the carrier's remittances of cash.
Card numbers pass through and are never stored, logged or put into an error.

The App is one payment gateway; the provider travels in the transaction's ``data``:
``{"method": "card", "number": "4242424242424242"}`` or ``{"method": "cod"}``, or a provider's own
name as ``provider``.
"""
