"""Pages inside Saleor's Dashboard: what an order or a product is in the marketplace.

The Dashboard opens a page in a frame and hands a person's token over by message; the page's content
is asked for with that token alone. No cookie of ours counts here, and nothing can be changed.
"""
