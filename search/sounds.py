"""The consonants of a word, so that ``zit argan`` meets زيت أركان: Darija is typed in both scripts.

A rule of sounds, not a list of words: vowels go, letters that are heard or typed alike are one
(``g``, ``q``, ``k``, غ, ق, ك), and a digit of chat spelling is its letter (``7`` is ح, ``9`` ق).
"""

import re
from functools import lru_cache

from search.fold import is_arabic, stem

_ARABIC = {
    **dict.fromkeys("ب", "b"),
    **dict.fromkeys("تطث", "t"),
    **dict.fromkeys("ج", "j"),
    **dict.fromkeys("حه", "h"),
    **dict.fromkeys("خ", "x"),
    **dict.fromkeys("دضذظ", "d"),
    **dict.fromkeys("ر", "r"),
    **dict.fromkeys("ز", "z"),
    **dict.fromkeys("سص", "s"),
    **dict.fromkeys("ش", "S"),
    **dict.fromkeys("غقك", "k"),
    **dict.fromkeys("ف", "f"),
    **dict.fromkeys("ل", "l"),
    **dict.fromkeys("م", "m"),
    **dict.fromkeys("ن", "n"),
}
_PAIRS = (
    ("kh", "x"),
    ("gh", "k"),
    ("rh", "k"),
    ("sh", "S"),
    ("ch", "S"),
    ("dj", "j"),
    ("th", "t"),
    ("dh", "d"),
    ("ph", "f"),
    ("qu", "k"),
    ("ou", "w"),
)
_LATIN = {
    **{c: c for c in "bdfhjklmnrstxzS"},
    "p": "b",
    "v": "f",
    "c": "k",
    "q": "k",
    "g": "k",
    "7": "h",
    "9": "k",
    "5": "x",
}
_SOFT = re.compile(r"c(?=[eiy])")
# ``l3dess``: the article before a letter of chat spelling.
_ARTICLE = re.compile(r"^l(?=[3579])")
_RUNS = re.compile(r"(.)\1+")
SHORTEST = 2


@lru_cache(maxsize=50_000)
def sound(word: str) -> str:
    """The consonants of a whole folded word; empty when too few are left to mean anything."""
    key = _of_arabic(stem(word)) if is_arabic(word) else _of_latin(_RUNS.sub(r"\1", word))
    return key if len(key) >= SHORTEST else ""


def _of_arabic(word: str) -> str:
    body = word.removesuffix("ه")
    first = {"و": "w", "ي": "y"}.get(body[:1], "")
    return first + "".join(_ARABIC.get(c, "") for c in body)


def _of_latin(word: str) -> str:
    if word.isdigit():
        return ""
    word = _ARTICLE.sub("", word)
    for pair, one in _PAIRS:
        word = word.replace(pair, one)
    word = _SOFT.sub("s", word)
    first = word[:1] if word[:1] in "wy" else ""
    return first + "".join(_LATIN.get(c, "") for c in word)
