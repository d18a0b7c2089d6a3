"""Photographs of published listings, as public files."""
