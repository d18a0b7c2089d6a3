"""Feeds of products for Google Merchant Center and Meta, one for each market and language.

``items`` writes a listing's variants, ``views`` sends a feed while it reads the listings.
"""
