"""Members of the cooperative: a manager sees, invites and removes them."""
