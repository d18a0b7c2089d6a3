"""Orders in the API."""
