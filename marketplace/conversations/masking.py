"""Hides addresses in what strangers write: of mail, of the web, and telephone numbers.

Until an order joins a buyer and a cooperative, neither is led out of the shop by a message: money
that is sent outside is nobody's to give back. What is stored stays as it was written; it is hidden
where it is shown or mailed, so that an order uncovers it. It is a help against the usual cases and
no proof: who spells a number in words is not stopped (the report is for that).
"""

import re
from collections.abc import Iterable

import phonenumbers

HIDDEN = "•••"
# An address of mail, also with spaces around its signs or "(at)" and "[dot]".
_AT = r"\s*(?:@|＠|[(\[{]\s*(?:at|à|arobase)\s*[)\]}])\s*"
_DOT = r"\s*(?:\.|[(\[{]\s*(?:dot|point)\s*[)\]}])\s*"
_MAIL = re.compile(
    rf"(?<![\w.+-])[\w.+-]{{1,64}}{_AT}[\w-]{{1,63}}(?:{_DOT}[\w-]{{1,63}})+", re.IGNORECASE
)
_LINK = re.compile(r"(?:\b[a-z][a-z0-9+.-]{1,12}://|\bwww\.)\S+", re.IGNORECASE)
# A host's name without "http": its ending is one that people use, so that "3.kg" stays.
_ENDINGS = (
    "com|net|org|info|biz|io|me|co|app|link|shop|store|ly|gl|xyz|site|online|top"
    "|ma|tn|dz|eg|sn|jo|fr|be|es|it|de|uk|eu|ru|cn"
)
_HOST = re.compile(
    rf"(?<![\w@.-])(?:[a-z0-9-]{{1,63}}\.)+(?:{_ENDINGS})(?![\w-])(?:/\S*)?",
    re.IGNORECASE,
)
# Nine digits or more with the signs that people put between them; a date has eight.
_DIGITS = re.compile(r"(?<![\w-])\+?(?:\d[\s.()/\-–]{0,3}){8,}\d(?![\w-])")
_HANDLE = re.compile(r"(?<![\w@])@\w[\w.]{2,}")


def masked(text: str, *, countries: Iterable[str]) -> str:
    """The text with addresses hidden; national telephone numbers are those of the countries."""
    for pattern in (_LINK, _MAIL, _HOST, _HANDLE, _DIGITS):
        text = pattern.sub(HIDDEN, text)
    for country in dict.fromkeys(countries):
        text = _without_phones(text, country)
    return text


def _without_phones(text: str, country: str) -> str:
    found = [
        (match.start, match.end)
        for match in phonenumbers.PhoneNumberMatcher(
            text, country, leniency=phonenumbers.Leniency.VALID
        )
    ]
    for start, end in reversed(found):
        text = text[:start] + HIDDEN + text[end:]
    return text
