"""Names as people type them: a pattern by which PostgreSQL finds every usual spelling.

Arabic is found with or without vowel signs and tatweel, whichever form of alif, ya or ta marbuta
was typed; Latin letters with or without accents, in either case.
"""

import re
import unicodedata

from marketplace.core.formats import western_digits

_ALIKE = (
    "اأإآٱ",
    "يىئ",
    "هة",
    "وؤ",
    "aàâäáãå",
    "cç",
    "eéèêë",
    "iîïíì",
    "nñ",
    "oôöóòõ",
    "uùûüú",
    "yÿ",
)
_CLASS = {letter: f"[{letters}]" for letters in _ALIKE for letter in letters}
# Vowel signs and tatweel, which may stand after any letter.
_SIGNS = "\u0640\u064b-\u0652\u0670"
_SKIPPED = re.compile(f"[{_SIGNS}]")
_DIGITS = {str(digit): f"[{digit}{chr(0x660 + digit)}]" for digit in range(10)}


def name_pattern(word: str) -> str:
    """A regular expression of PostgreSQL (for ``iregex``) that finds a word inside a name."""
    plain = unicodedata.normalize("NFC", western_digits(word)).lower()
    letters = _SKIPPED.sub("", plain)
    return "".join(_letter(letter) for letter in letters)


def _letter(letter: str) -> str:
    found = _DIGITS.get(letter) or _CLASS.get(letter) or re.escape(letter)
    is_arabic = "\u0600" <= letter <= "\u06ff"
    return f"{found}[{_SIGNS}]*" if is_arabic else found
