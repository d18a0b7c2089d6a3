"""Checkouts: lines with their reservations, delivery options, prices with taxes, completion."""
