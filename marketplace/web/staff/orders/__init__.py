"""Orders of a programme's cooperatives, and what proves that parcels arrived."""
