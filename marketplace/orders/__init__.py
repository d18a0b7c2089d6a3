"""Baskets, the checkout, vendor orders, parcels and their delivery, returned goods, packing slips.

Owns: what a buyer is about to buy (``Basket``), an attempt to buy it (``CheckoutAttempt``), the
order as bought, divided by cooperative (``Order``, ``VendorOrder``), the parcels and evidence of
their delivery. The commerce engine keeps checkouts, orders, stock and fulfilments; this room
calls it, and projects its orders. Delivery is a fact of ours: the engine has none.
"""
