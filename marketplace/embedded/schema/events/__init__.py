"""Event types: what the subscription query of a webhook may select."""
