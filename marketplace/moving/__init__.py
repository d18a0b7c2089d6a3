"""Moving a shop from one engine to another, for example from the embedded one to a Saleor.

Owns the moves, their progress, and whether the shop is closed meanwhile. The data belongs to the
other rooms; it is read from the old engine and written to the new one through the same API. Our own
rows (orders as placed, the ledger) are not touched.
"""
