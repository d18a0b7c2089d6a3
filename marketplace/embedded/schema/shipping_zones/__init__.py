"""Shipping zones and their methods in the API."""
