"""Legal texts in the shop: as they are in force, and as an order accepted them."""
