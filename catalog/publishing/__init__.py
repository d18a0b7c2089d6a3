"""Writing approved listings to the commerce engine."""
