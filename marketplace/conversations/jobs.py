"""Scheduled work of this room; the schedule is in ``marketplace/jobs.py``."""

from django.conf import settings

from marketplace.conversations.buyer_keys import fill_in_keys
from marketplace.conversations.inbound.maildir import read_folder
from marketplace.conversations.services import purge_conversations


def read_answers() -> None:
    """Take in answers that came by mail, where there is a folder for them."""
    if settings.REPLY_ADDRESS and settings.REPLY_FOLDER is not None:
        read_folder(settings.REPLY_FOLDER)


def purge() -> None:
    """Delete conversations and links past their retention."""
    purge_conversations()


def key_addresses() -> None:
    """Let buyers find their conversations by the address that they prove."""
    fill_in_keys()
