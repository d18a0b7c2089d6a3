"""Collections in the API."""
