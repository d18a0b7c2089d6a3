"""What buyers keep: favourite products, and whom to tell when a product is back in stock.

Both belong to an account. A product that leaves the shop stays in the list and is not shown.
"""
