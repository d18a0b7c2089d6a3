"""The cooperative's numbers, on one screen."""
