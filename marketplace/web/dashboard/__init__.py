"""Pages inside Saleor's Dashboard: an order or a product as the marketplace sees it.

The Dashboard opens a page in a frame and passes the user's token by message; the page's content is
requested with that token alone. No cookie of ours counts here, and nothing can be changed.
"""
