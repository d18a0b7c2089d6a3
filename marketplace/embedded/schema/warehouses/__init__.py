"""Warehouses and stock in the API."""
