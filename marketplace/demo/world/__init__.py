"""The demo's world as pure data: the same for the same seed and day, and wholly invented.

Nothing here speaks to a database; the loader drives the use cases with it.
"""
