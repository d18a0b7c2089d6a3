"""Texts of cooperatives as programs outside take them: one line, without marks that turn it around.

A name may hold anything that a person can type or paste. Direction marks inside it would turn the
text around it in a preview, and XML has no place for most control characters.
"""

import re
import textwrap
import unicodedata

# Embeddings, overrides and isolates, and the marks of a direction; joiners belong to the writing.
_TURNING = re.compile("[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]")
_NOT_WRITTEN = {"Cc", "Cs", "Cn", "Co"}
DESCRIBED = 160


def plain(text: str) -> str:
    """A text in one line of letters, marks and signs."""
    written = (
        each
        for each in _TURNING.sub("", text)
        if each.isspace() or unicodedata.category(each) not in _NOT_WRITTEN
    )
    return " ".join("".join(written).split())


def short(text: str, width: int = DESCRIBED) -> str:
    """The beginning of a text in whole words."""
    return textwrap.shorten(plain(text), width, placeholder="…")
