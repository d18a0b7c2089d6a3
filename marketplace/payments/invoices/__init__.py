"""A buyer's papers: what each cooperative sold, and what it gave back."""
