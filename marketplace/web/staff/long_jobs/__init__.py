"""Pages of what a person asked for: how far it is, cancelling it, its result."""
