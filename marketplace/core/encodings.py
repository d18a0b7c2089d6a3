"""Which encoding a table of text is in: UTF-8 and UTF-16 say so, older ones are found out.

Spreadsheets still write “CSV” in the code page of the computer: Windows-1256 in Arabic,
Windows-1252 in French, and those of old Macs and of DOS.
"""

import re
from collections.abc import Callable

from charset_normalizer import from_bytes

LEGACY = ("cp1256", "cp1252", "mac_roman", "mac_arabic", "iso8859_6", "cp720", "cp850")
_MARKS = (b"\xff\xfe", b"\xfe\xff")
_WORD = re.compile(r"\S+")
_ARABIC, _LATIN = re.compile("[\u0621-\u064a]"), re.compile("[A-Za-z\u00c0-\u024f]")
# Signs that stand in no product's name: an encoding that yields them is the wrong one.
_STRANGE = re.compile("[\u0080-\u009f\u00a4\u00a6\u00ac\u00b5-\u00b6\u2500-\u25ff\ufffd†‡‰‹›ƒ‗]")
# "DÈsignation": a capital letter of another encoding within a word.
_MISPLACED = re.compile("[a-zß-ÿ][À-Þ]|(?<=[^\\W\\d_])[À-Þ][a-z]")
_CALLED = {
    "cp1256": "Windows-1256",
    "cp1252": "Windows-1252",
    "mac_roman": "Macintosh",
    "mac_arabic": "Macintosh",
    "iso8859_6": "ISO 8859-6",
    "cp720": "DOS",
    "cp850": "DOS",
}
# Enough of a file to know it by.
_SAMPLE = 200_000


def encoding_of(content: bytes, likelihood: Callable[[str], int]) -> str:
    """The encoding's name for ``bytes.decode``; ``utf-8`` when none fits.

    ``likelihood`` says how much of a decoded text is recognized (the number of known headings);
    it decides between older encodings, then their letters, then statistics.
    """
    if content.startswith(_MARKS):
        return "utf-16"
    if b"\0" in content[:_SAMPLE]:
        return _utf_16_of(content)
    if _decoded(content, "utf-8") is not None:
        return "utf-8"
    sample = content[:_SAMPLE]
    scores = {}
    for name in LEGACY:
        if (text := _decoded(sample, name)) is not None:
            scores[name] = (likelihood(text), -_implausible(text))
    if not scores:
        return "utf-8"
    best = max(scores.values())
    tied = [name for name in LEGACY if scores.get(name) == best]
    return tied[0] if len(tied) == 1 else _by_statistics(sample, tied)


def encoding_name(encoding: str) -> str:
    """What programs call an encoding: ``Windows-1256``, ``UTF-8``."""
    return _CALLED.get(encoding, encoding[:6].upper())


def _utf_16_of(content: bytes) -> str:
    """UTF-16 without its mark: digits and separators have a zero in the higher byte."""
    even, odd = content[:_SAMPLE:2].count(0), content[1:_SAMPLE:2].count(0)
    name = "utf-16-le" if odd > even else "utf-16-be"
    return name if even != odd and _decoded(content, name) is not None else "utf-8"


def _decoded(content: bytes, encoding: str) -> str | None:
    try:
        return content.decode(encoding)
    except UnicodeDecodeError:
        return None


def _implausible(text: str) -> int:
    """How many words have letters that do not go together, or signs that no table has."""
    return sum(
        1
        for word in _WORD.findall(text)
        if _STRANGE.search(word)
        or _MISPLACED.search(word)
        or (_ARABIC.search(word) and _LATIN.search(word))
    )


def _by_statistics(sample: bytes, names: list[str]) -> str:
    found = from_bytes(sample, cp_isolation=names).best()
    return found.encoding if found and found.encoding in names else names[0]
