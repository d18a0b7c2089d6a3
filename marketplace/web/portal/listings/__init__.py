"""A cooperative's listings: write, photograph, price, count, see what the reviewer asks."""
