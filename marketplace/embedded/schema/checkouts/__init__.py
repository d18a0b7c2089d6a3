"""Checkouts in the API."""
