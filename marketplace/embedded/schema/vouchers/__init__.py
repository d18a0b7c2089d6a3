"""Vouchers in the API."""
