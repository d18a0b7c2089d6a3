"""A cooperative's money: what is coming, what is available, what was paid and from what."""
