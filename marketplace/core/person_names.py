"""Names that strangers typed, before they are sent to somebody by mail.

Whoever orders may name any address of mail: the shop must not carry an advertisement there in the
place of a name.
"""

import re

MOST_LETTERS = 60
# An address of a web page or of mail, also without "http": two letters or more beside a dot.
_ADDRESS = re.compile(r"://|\bwww\b|@|[^\W\d_][\w-]+\.[^\W\d_]{2,}", re.IGNORECASE)
_SPACE = re.compile(r"\s+")


def has_an_address(name: str) -> bool:
    """Whether a name contains the address of a web page or of mail, however it is disguised."""
    return bool(_ADDRESS.search(plain_line(name)))


def plain_line(text: str) -> str:
    """The text in one line, without invisible marks."""
    visible = "".join(each for each in text if each.isprintable() or each.isspace())
    return _SPACE.sub(" ", visible).strip()


def greeted_name(name: str) -> str:
    """A name as a mail greets it: one line of at most sixty letters, empty if it is an address."""
    line = plain_line(name)
    return "" if has_an_address(line) else line[:MOST_LETTERS].rstrip()
