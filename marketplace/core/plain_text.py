"""What strangers write in several lines, made safe to store: line ends, invisible marks."""

import re
import unicodedata

# Control characters but tab and new line, and marks that turn the direction of what follows.
_INVISIBLE = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ufeff]")
_BLANK_LINES = re.compile(r"\n{4,}")
# Letters, digits, signs; but those that are drawn as nothing.
_DRAWN = frozenset("LNPS")
_BLANKS = frozenset("\u115f\u1160\u2800\u3164\uffa0")


def plain_text(text: str) -> str:
    """The text without invisible marks, its lines ended alike, at most two of them empty.

    Empty where nobody would see anything of it.
    """
    found = text.replace("\r\n", "\n").replace("\r", "\n")
    found = _BLANK_LINES.sub("\n\n\n", _INVISIBLE.sub("", found)).strip()
    return found if any(_is_seen(each) for each in found) else ""


def _is_seen(sign: str) -> bool:
    return unicodedata.category(sign)[0] in _DRAWN and sign not in _BLANKS
