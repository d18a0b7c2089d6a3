"""Products, variants and product types in the API."""
