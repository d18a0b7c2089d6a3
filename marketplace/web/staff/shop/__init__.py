"""Pages of who administers the whole shop."""
