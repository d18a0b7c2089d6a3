"""Products that the store already had: assigned to cooperatives, and released."""
