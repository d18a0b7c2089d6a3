"""Normalizing, tokenizing and stemming, the same for documents and queries.

Arabic: hamza forms, ta marbuta, alif maqsura, vowel marks, tatweel, the article, letters of the
neighbouring scripts (گ ڭ پ ڤ), Arabic and Persian digits. Latin: case, accents, elisions, plurals.
A quantity (``500 g``, ``٥٠٠ غ``, ``0,5 kg``) becomes one token, the same in every unit of its kind.
"""

import re
import unicodedata
from functools import lru_cache
from typing import NamedTuple

_LETTERS = {
    "ة": "ه", "ى": "ي", "ی": "ي", "ې": "ي", "ک": "ك", "گ": "ك", "ڭ": "ك", "ݣ": "ك", "ڤ": "ف",
    "ڥ": "ف", "پ": "ب", "چ": "ج", "ھ": "ه", "ہ": "ه", "ە": "ه", "ٱ": "ا", "ء": "", "ـ": "",
    "œ": "oe", "æ": "ae", "ß": "ss", "ø": "o", "ı": "i",
}  # fmt: skip
_UNWRITTEN = frozenset("'’ʼ`´‘\u2032")
_ELISION = re.compile(r"\b(?:[ldnsjmtc]|qu)['’ʼ`´‘](?=\w)", re.IGNORECASE)
_ARTICLES = ("وال", "بال", "كال", "فال", "لل")
_SHORTEST_STEM = 3
STOP_WORDS = frozenset(
    (
        *("de", "du", "des", "la", "le", "les", "au", "aux", "en", "et", "pour", "par", "avec"),
        *("un", "une", "sur", "of", "the", "and", "for", "in", "with", "an", "to", "from", "by"),
        *("el", "al", "dyal", "diyal", "dial", "wa"),
        *("من", "في", "على", "مع", "عن", "او", "ديال", "علي", "الى", "الي", "دال", "متاع"),
    )
)
_UNITS = {
    word: (unit, factor)
    for words, unit, factor in (
        ("g gr gramme grammes gram grams غ غرام جرام كرام غم", "g", 1),
        ("kg kilo kilos kgs كلغ كغ كغم كيلو كيلوغرام كيلوجرام", "g", 1000),
        ("ml مل ملل مليلتر", "ml", 1),
        ("cl سل سنتيلتر", "ml", 10),
        ("l litre litres liter liters ل لتر ليتر لترات", "ml", 1000),
        ("cm سم سنتيمتر", "cm", 1),
    )
    for word in words.split()
}
UNITS_PATTERN = "|".join(sorted(_UNITS, key=len, reverse=True))
_DIGIT = re.compile(r"\d")
_RUNS = re.compile(r"([a-z])\1+")
_QUANTITY = re.compile(rf"(?<![\w.,])(\d{{1,5}}(?:[.,٫]\d{{1,3}})?)\s?({UNITS_PATTERN})(?!\w)")


class _CharacterTable(dict[int, str]):
    """Character codes with their normalized form, computed on first use."""

    def __missing__(self, code: int) -> str:
        self[code] = normalized = _normalized_character(chr(code))
        return normalized


def _normalized_character(character: str) -> str:
    if character in _UNWRITTEN or unicodedata.category(character) == "Cf":
        return ""
    if known := _LETTERS.get(character):
        return known
    plain = unicodedata.normalize("NFD", unicodedata.normalize("NFKC", character).lower())
    return "".join(_normalized_component(component) for component in plain)


def _normalized_component(component: str) -> str:
    if component in _LETTERS:
        return _LETTERS[component]
    kind = unicodedata.category(component)
    if kind in {"Mn", "Cf"}:
        return ""
    if kind == "Nd":
        return str(unicodedata.decimal(component))
    return component if kind[0] in "LN" else " "


_TABLE = _CharacterTable()


class Token(NamedTuple):
    """A normalized word of a query, and its stem."""

    text: str
    stem: str
    is_quantity: bool


def normalize(text: str) -> str:
    """Lower case, without accents and vowel marks, words separated by one space."""
    if not _UNWRITTEN.isdisjoint(text):
        text = _ELISION.sub(" ", text)
    return " ".join(text.translate(_TABLE).split())


def stems(text: str) -> list[str]:
    """The stems of a text's tokens, in order."""
    return [stem(word) for word in tokenize(text)]


def query_tokens(text: str) -> list[Token]:
    """The tokens of a query, each stem once, in order of its first occurrence."""
    by_stem = {stem(word): word for word in tokenize(text)}
    return [Token(word, root, is_quantity(word)) for root, word in by_stem.items()]


def tokenize(text: str) -> list[str]:
    """The normalized words in order, without stop words; a quantity is one token (``500g``)."""
    words = normalize(_with_quantities(text)).split()
    return [word for word in words if word not in STOP_WORDS and (len(word) > 1 or word.isdigit())]


def is_quantity(word: str) -> bool:
    """Whether a token is a number with its unit."""
    return bool(word) and word[0].isdigit() and word.rstrip("gmlc").isdigit() and word[-1].isalpha()


@lru_cache(maxsize=200_000)
def stem(word: str) -> str:
    """The stem of a normalized word: without its article and its most common endings."""
    if is_quantity(word):
        return word
    if is_arabic(word):
        return _arabic_stem(word)
    return _latin_stem(word)


@lru_cache(maxsize=200_000)
def is_arabic(word: str) -> bool:
    """Whether a word is written in Arabic letters."""
    return any("\u0600" <= c <= "\u06ff" for c in word)


def _with_quantities(text: str) -> str:
    if not _DIGIT.search(text):
        return text
    digits = "".join(c if c.isascii() else _digit(c) for c in text)
    return _QUANTITY.sub(_quantity, digits.lower())


def _digit(character: str) -> str:
    return str(unicodedata.decimal(character)) if character.isdecimal() else character


def _quantity(found: re.Match[str]) -> str:
    unit, factor = _UNITS[found[2]]
    amount = float(re.sub("[,٫]", ".", found[1])) * factor
    return f" {round(amount)}{unit} "


def _latin_stem(word: str) -> str:
    word = _RUNS.sub(r"\1", word)
    if len(word) > _SHORTEST_STEM and word[-1] in "sx":
        word = word[:-1]
    while len(word) > _SHORTEST_STEM and word[-1] == "e":
        word = word[:-1]
    return f"{word[:-1]}i" if len(word) > _SHORTEST_STEM and word[-1] == "y" else word


def _arabic_stem(word: str) -> str:
    word = _without_articles(word)
    if word.endswith("ات") and len(word) > _SHORTEST_STEM + 1:
        word = word[:-2]
    if word.endswith("ه") and len(word) > _SHORTEST_STEM:
        word = word[:-1]
    return word


def _without_articles(word: str) -> str:
    """The word without its articles, also where it was typed with two of them (الللشعر)."""
    for article in (*_ARTICLES, "ال"):
        least = _SHORTEST_STEM - (article == "ال")
        if word.startswith(article) and len(word) - len(article) >= least:
            return _without_articles(word[len(article) :])
    return word
