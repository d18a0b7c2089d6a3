"""Backup and restore of a deployment in one file: database, photographs, what they add up to.

``write`` makes the file and ``restore`` brings it into an empty database; ``trial`` proves a file
in a database of its own. ``manifest`` is what the file says of itself. Secrets are not in the file:
to restore, the same ``TWIZA_ENCRYPTION_KEYS`` are needed.
"""
