"""Products and variants: writing and listing them, stock, bulk import, attribute values."""
