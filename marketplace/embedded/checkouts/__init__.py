"""Checkouts: lines and what holds them, delivery options, prices with taxes, completion."""
