"""A buyer's account in the shop: the orders placed with the addresses that they have proven."""
