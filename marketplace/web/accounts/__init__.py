"""Signing in, and where to go from there: a cooperative, a programme, or the shop."""
