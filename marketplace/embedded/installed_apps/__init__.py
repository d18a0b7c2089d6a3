"""Apps: installing them from their manifest, their tokens and permissions."""
