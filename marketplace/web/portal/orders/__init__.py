"""A cooperative's orders: see them, prepare them, send them."""
