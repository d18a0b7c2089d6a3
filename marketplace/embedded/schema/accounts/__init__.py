"""Users in the API: staff and customers."""
