"""Baskets, the checkout, vendor orders, parcels and their delivery, returned goods, packing slips.

Owns: what a buyer is about to buy (``Basket``), one try at buying it (``CheckoutAttempt``), the
order as bought and its part for each cooperative (``Order``, ``VendorOrder``), the parcels and what
proves their delivery. The commerce engine keeps checkouts, orders, stock and fulfilments; this room
asks it, and projects its orders. Delivery is a fact of ours: the engine knows none.
"""
