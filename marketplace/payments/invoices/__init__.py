"""A buyer's documents: what each cooperative sold, and what it gave back."""
