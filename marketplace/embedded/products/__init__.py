"""Products and variants: writing them, bulk import, attribute assignment."""
