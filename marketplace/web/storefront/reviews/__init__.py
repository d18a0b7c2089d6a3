"""Reviews in the shop: read by everybody, reported, written behind the link of an order."""
