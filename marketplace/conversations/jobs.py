"""Scheduled work of this room; the schedule is in ``marketplace/jobs.py``."""

from django.conf import settings

from marketplace.conversations.buyer_keys import fill_in_keys
from marketplace.conversations.inbound.maildir import read_folder
from marketplace.conversations.services import purge_conversations


def read_answers() -> None:
    """Take in answers that came by mail, where there is a folder for them."""
    folder = settings.REPLY_FOLDER
    if not settings.REPLY_ADDRESS or folder is None:
        return
    # A demo's mailbox is made when the demo starts; before, nothing can have come.
    if settings.DEMO and not folder.exists():
        return
    read_folder(folder)


def purge() -> None:
    """Delete conversations and links past their retention."""
    purge_conversations()


def key_addresses() -> None:
    """Let buyers find their conversations by the address that they prove."""
    fill_in_keys()
