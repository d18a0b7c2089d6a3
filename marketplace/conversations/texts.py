"""What strangers write, made safe to store: length, line ends, invisible marks."""

import re

from marketplace.conversations.errors import MessageTooLong, NothingWritten

LONGEST = 4_000
# Control characters but tab and new line, and marks that turn the direction of what follows.
_INVISIBLE = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ufeff]")
_BLANK_LINES = re.compile(r"\n{4,}")


def clean_text(text: str) -> str:
    """A message as it is kept; raises NothingWritten or MessageTooLong."""
    found = text.replace("\r\n", "\n").replace("\r", "\n")
    found = _BLANK_LINES.sub("\n\n\n", _INVISIBLE.sub("", found)).strip()
    if not found:
        raise NothingWritten
    if len(found) > LONGEST:
        raise MessageTooLong
    return found
