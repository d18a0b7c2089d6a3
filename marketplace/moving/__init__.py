"""Moving a shop from one engine to another: begun in the embedded one, carried on in a Saleor.

The room owns the moves and how far each has come, and whether the shop is closed meanwhile. What it
moves belongs to the other rooms; it reads the old engine and writes the new one through the same
API. Our own rows (orders as bought, the books) are not touched.
"""
