"""What strangers write, made safe to store: length, line ends, invisible marks."""

from marketplace.conversations.errors import MessageTooLong, NothingWritten
from marketplace.core.plain_text import plain_text

LONGEST = 4_000


def clean_text(text: str) -> str:
    """A message as it is kept; raises NothingWritten or MessageTooLong."""
    found = plain_text(text)
    if not found:
        raise NothingWritten
    if len(found) > LONGEST:
        raise MessageTooLong
    return found
