"""Reviews of what the cooperative sold, and its answers."""
