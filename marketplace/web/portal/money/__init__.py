"""A cooperative's money: pending, available, and paid, with the sales behind it."""
