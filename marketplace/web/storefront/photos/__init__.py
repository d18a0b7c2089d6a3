"""Photographs of published listings, as files for everybody."""
