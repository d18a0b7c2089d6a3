"""The demo's world as pure data: the same for the same seed and day, and all invented.

Nothing here uses a database; the loader runs the use cases with it.
"""
