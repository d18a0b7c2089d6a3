"""Attributes in the API: setting them up, and the values that objects have of them."""
