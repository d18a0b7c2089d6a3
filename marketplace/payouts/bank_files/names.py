"""Names for banks: Latin letters without accents, within the SEPA character set."""

import re
import unicodedata

_REFUSED = re.compile(r"[^A-Za-z0-9/?:().,'+ -]")
_LETTER = re.compile(r"[A-Za-z]{2}")
_SPELLED = str.maketrans(
    {"œ": "oe", "Œ": "OE", "æ": "ae", "Æ": "AE", "ß": "ss", "’": "'", "–": "-", "&": "+"}
)


class UnpayableName(ValueError):
    """The name is not in Latin letters; it is never transliterated by guess."""


def bank_name(name: str, *, length: int = 70) -> str:
    """The name without accents, at most ``length`` characters; raises UnpayableName."""
    spelled = unicodedata.normalize("NFKD", name.translate(_SPELLED))
    plain = "".join(sign for sign in spelled if not unicodedata.combining(sign))
    if any(sign.isalpha() and not sign.isascii() for sign in plain):
        raise UnpayableName(name)
    clean = " ".join(_REFUSED.sub(" ", plain).split()).lstrip("+-/:?.,'() ")
    if not _LETTER.search(clean):
        raise UnpayableName(name)
    return clean[:length].rstrip()


def is_payable_name(name: str) -> bool:
    """Whether the name can be written for a bank."""
    try:
        bank_name(name)
    except UnpayableName:
        return False
    return True
