"""Products that the store had before: given to cooperatives by hand, and taken back."""
