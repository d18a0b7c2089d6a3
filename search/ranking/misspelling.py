"""Typing errors and spelling variants, for measuring how well search copes with them."""

import random

from search.language.normalizing import STOP_WORDS, is_arabic, normalize

_LATIN = "abcdefghijklmnopqrstuvwxyz"
_ARABIC = "ابتثجحخدذرزسشصضطظعغفقكلمنهوي"
SHORTEST = 4
_VOWEL_MARKS = "\u064e\u064f\u0650"
_ARTICLE = "ال"


def with_typo(text: str, *, seed: int) -> str:
    """The text with one letter dropped, doubled, changed, or swapped with the next.

    The error is in one of its longer words; a text of short words only is returned unchanged.
    The same seed makes the same error.
    """
    chance = random.Random(f"{seed}/{text}")  # noqa: S311 -- no secret
    words = text.split()
    long = [n for n, word in enumerate(words) if len(word) >= SHORTEST and word.isalpha()]
    if not long:
        return text
    at = chance.choice(long)
    words[at] = _mistyped(words[at], chance)
    return " ".join(words)


def _mistyped(word: str, chance: random.Random) -> str:
    at = chance.randrange(1, len(word))
    kind = chance.choice(("dropped", "doubled", "changed", "swapped"))
    if kind == "dropped":
        return word[:at] + word[at + 1 :]
    if kind == "doubled":
        return word[:at] + word[at] + word[at:]
    if kind == "changed":
        letters = _ARABIC if is_arabic(word) else _LATIN
        return word[:at] + chance.choice(letters.replace(word[at], "")) + word[at + 1 :]
    at = min(at, len(word) - 2)
    return word[:at] + word[at + 1] + word[at] + word[at + 2 :]


def spelling_variants(text: str) -> list[str]:
    """Five spellings of an Arabic text; none for a text in other letters.

    With and without hamza, with vowel marks, with and without the article, ta marbuta as ha, and
    other digits.
    """
    if not is_arabic(text):
        return []
    words = text.split()
    return [
        text.translate(_PLAIN),
        " ".join(_with_hamza(word) for word in words),
        "".join(_with_mark(n, letter) for n, letter in enumerate(text)),
        " ".join(_article_toggled(word) for word in words),
        text.replace("ة", "ه").translate(_DIGITS),
    ]


_PLAIN = str.maketrans("أإآٱ", "اااا", "ء")
_DIGITS = str.maketrans("0123456789", "٠١٢٣٤٥٦٧٨٩")


def _with_hamza(word: str) -> str:
    if word.startswith("ا") and not word.startswith(_ARTICLE):
        return "أ" + word[1:]
    return word


def _with_mark(position: int, letter: str) -> str:
    return letter + _VOWEL_MARKS[position % 3] if "\u0621" <= letter <= "\u064a" else letter


def _article_toggled(word: str) -> str:
    if not is_arabic(word) or normalize(word) in STOP_WORDS or len(word) < 3:  # noqa: PLR2004
        return word
    return word[2:] if word.startswith(_ARTICLE) and len(word) > SHORTEST else _ARTICLE + word
