"""Answers that come by mail: whose they are, what of them is new, and the folder they come in."""
