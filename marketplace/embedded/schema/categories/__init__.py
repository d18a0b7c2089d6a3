"""Categories in the API."""
