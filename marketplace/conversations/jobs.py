"""Scheduled work of this room; the schedule is in ``marketplace/jobs.py``."""

from marketplace.conversations.services import purge_conversations


def purge() -> None:
    """Delete conversations and links past their retention."""
    purge_conversations()
