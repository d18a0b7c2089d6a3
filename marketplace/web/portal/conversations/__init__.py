"""What buyers ask the cooperative, and its answers."""
