"""Make different spellings of the same word equal, for documents and queries alike.

Arabic: hamza forms, ta marbuta, alif maqsura, vowel marks, tatweel, the article, letters of the
neighbouring scripts (گ ڭ پ ڤ), Arabic and Persian digits. Latin: case, accents, elisions, plurals.
"""

import re
import unicodedata
from functools import lru_cache

_LETTERS = str.maketrans(
    {
        "ة": "ه",
        "ى": "ي",
        "ی": "ي",
        "ې": "ي",
        "ک": "ك",
        "گ": "ك",
        "ڭ": "ك",
        "ڤ": "ف",
        "پ": "ب",
        "چ": "ج",
        "ٱ": "ا",
        "ء": None,
        "ـ": None,
        "œ": "oe",
        "æ": "ae",
        "ß": "ss",
        **{chr(0x0660 + n): str(n) for n in range(10)},
        **{chr(0x06F0 + n): str(n) for n in range(10)},
    }
)
ARABIC_LETTERS = "ابتثجحخدذرزسشصضطظعغفقكلمنهوي"
ASCII_LETTERS = "abtvjhxd1rzs2345678fqklmnowy"
_ASCII = str.maketrans(ARABIC_LETTERS, ASCII_LETTERS)
_ELISION = re.compile(r"\b(?:[ldnsjmtc]|qu)['’ʼ`](?=\w)", re.IGNORECASE)
_APOSTROPHE = re.compile(r"['’ʼ`]")
_NOT_A_WORD = re.compile(r"[\W_]+")
_ARTICLES = ("وال", "بال", "كال", "فال", "لل", "ال")
_SHORTEST_STEM = 3
STOP_WORDS = frozenset(
    (
        *("de", "du", "des", "la", "le", "les", "au", "aux", "en", "et", "pour", "par", "avec"),
        *("un", "une", "sur", "of", "the", "and", "for", "in", "with", "an", "to", "from", "by"),
        *("من", "في", "على", "مع", "عن", "او"),
    )
)


def fold(text: str) -> str:
    """The text with every spelling made plain: lower case, words parted by one space."""
    plain = _ELISION.sub(" ", unicodedata.normalize("NFKC", text).lower())
    plain = _APOSTROPHE.sub("", plain)
    marked = unicodedata.normalize("NFD", plain)
    bare = "".join(c for c in marked if unicodedata.category(c) != "Mn")
    return _NOT_A_WORD.sub(" ", bare.translate(_LETTERS)).strip()


def stems(text: str) -> list[str]:
    """The words that count, in order, without articles, plurals and stop words."""
    return [stem(word) for word in words_of(text)]


def words_of(text: str) -> list[str]:
    """The folded words that count, in order, whole."""
    words = fold(text).split()
    return [word for word in words if word not in STOP_WORDS and not _is_crumb(word)]


@lru_cache(maxsize=50_000)
def stem(word: str) -> str:
    """A folded word without its article and its commonest endings."""
    if is_arabic(word):
        return _arabic_stem(word)
    if len(word) > _SHORTEST_STEM and word[-1] in "sx" and not word.endswith("ss"):
        word = word[:-1]
    return word[:-1] if len(word) > _SHORTEST_STEM and word.endswith("e") else word


def letters(folded: str) -> str:
    """Folded text in ASCII, letter for letter, for PostgreSQL's trigrams.

    They see no Arabic in a database whose character type is C, as the embedded one's is.
    """
    return folded.translate(_ASCII)


def is_arabic(word: str) -> bool:
    """Whether a word is written in Arabic letters."""
    return any("\u0600" <= c <= "\u06ff" for c in word)


def _arabic_stem(word: str) -> str:
    for article in _ARTICLES:
        if word.startswith(article) and len(word) - len(article) >= _SHORTEST_STEM:
            word = word[len(article) :]
            break
    if word.endswith("ات") and len(word) > _SHORTEST_STEM + 1:
        word = word[:-2]
    if word.endswith("ه") and len(word) > _SHORTEST_STEM:
        word = word[:-1]
    return word


def _is_crumb(word: str) -> bool:
    return len(word) == 1 and not word.isdigit()
