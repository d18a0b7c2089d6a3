"""A buyer asks a cooperative something, and reads what it writes, without an account."""
