"""Orders of a programme's cooperatives, and evidence of deliveries."""
