"""Apps, their tokens and webhooks in the API."""
