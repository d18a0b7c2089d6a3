"""A cooperative's own vouchers."""
