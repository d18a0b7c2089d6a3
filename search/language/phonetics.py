"""How a word sounds, so that ``zit argan`` meets زيت أركان: Darija is typed in both scripts.

A rule of sounds, not a list of words. ``skeleton`` is the word's consonants, coarsely: two words
that may be one have the same. ``apart`` says how far they are: vowels are half written in Arabic
and freely typed in Latin letters, a digit of chat spelling is its letter (``7`` is ح, ``9`` ق,
``3`` ع), an h is often left out.
"""

import re
from functools import lru_cache

from search.language.normalizing import is_arabic, stem

_ARABIC = {
    **dict.fromkeys("ب", "b"), **dict.fromkeys("تطث", "t"), **dict.fromkeys("ج", "j"),
    **dict.fromkeys("حه", "h"), **dict.fromkeys("خ", "x"), **dict.fromkeys("دضذظ", "d"),
    **dict.fromkeys("ر", "r"), **dict.fromkeys("ز", "z"), **dict.fromkeys("سص", "s"),
    **dict.fromkeys("ش", "S"), **dict.fromkeys("غقك", "k"), **dict.fromkeys("ف", "f"),
    **dict.fromkeys("ل", "l"), **dict.fromkeys("م", "m"), **dict.fromkeys("ن", "n"),
    "ا": "a", "و": "u", "ي": "i", "ع": "3",
}  # fmt: skip
_LATIN = {
    **{c: c for c in "bdfhjklmnrstxzS"}, "p": "b", "v": "f", "c": "k", "q": "k", "g": "k",
    "7": "h", "9": "k", "5": "x", "3": "3", "2": "3",
    "a": "a", "e": "a", "i": "i", "y": "i", "o": "u", "u": "u", "w": "u",
}  # fmt: skip
_PAIRS = (
    ("tch", "tS"), ("kh", "x"), ("gh", "k"), ("rh", "k"), ("sh", "S"), ("ch", "S"), ("dj", "j"),
    ("th", "t"), ("dh", "d"), ("ph", "f"), ("qu", "k"), ("ck", "k"), ("ou", "u"), ("oo", "u"),
    ("ee", "i"), ("au", "u"),
)  # fmt: skip
_SOFT_C = re.compile(r"c(?=[eiy])")
_SOFT_G = re.compile(r"g(?=[eiy])")
_RUNS = re.compile(r"(.)\1+")
_VOWELS = frozenset("aiu")
_WEAK = frozenset("h3")
SHORTEST = 2

# What parts two sounds; 1 is another consonant.
_SHORT_VOWEL_UNWRITTEN = 0.06
_LONG_VOWEL_MISSING = 0.3
_VOWEL_BETWEEN_FORMS = 0.22
_VOWEL_TYPED_FREELY = 0.14
_OTHER_VOWEL = 0.25
_WEAK_MISSING = 0.2
# Who has no digit for ع writes an a.
_AIN_AS_A = 0.1


@lru_cache(maxsize=200_000)
def sounds(word: str) -> str:
    """A whole folded word as sounds: consonants by class, the vowels ``a i u``, ع as ``3``."""
    if is_arabic(word):
        return _RUNS.sub(r"\1", "".join(_ARABIC.get(c, "") for c in stem(word).removesuffix("ه")))
    if word.isdigit():
        return ""
    for pair, one in _PAIRS:
        word = word.replace(pair, one)
    word = _SOFT_G.sub("j", _SOFT_C.sub("s", word))
    heard = _RUNS.sub(r"\1", "".join(_LATIN.get(c, "") for c in word))
    return heard.removesuffix("h")


@lru_cache(maxsize=200_000)
def skeleton(word: str) -> str:
    """The consonants that both scripts write; empty when too few are left to mean anything."""
    key = consonants(word)
    return key if sum(c not in _VOWELS for c in key) >= SHORTEST else ""


def consonants(word: str) -> str:
    """As ``skeleton``, however few: for a word that others stand beside."""
    heard = sounds(word)
    return heard[:1] * (heard[:1] in ("h", "u", "i")) + "".join(
        c for c in heard[heard[:1] == "h" :] if c not in _VOWELS and c not in _WEAK
    )


def apart(left: str, right: str) -> float:
    """How far two words are in sound: 0 the same, from about 1 another word."""
    one, two = sounds(left), sounds(right)
    return _apart(one, two, is_arabic(left), is_arabic(right))


@lru_cache(maxsize=100_000)
def _apart(one: str, two: str, one_arabic: bool, two_arabic: bool) -> float:  # noqa: FBT001
    drop_one = [_missing(c, one_arabic, two_arabic) for c in one]
    drop_two = [_missing(c, two_arabic, one_arabic) for c in two]
    previous = [0.0]
    for cost in drop_two:
        previous.append(previous[-1] + cost)
    for i, a in enumerate(one):
        current = [previous[0] + drop_one[i]]
        for j, b in enumerate(two):
            current.append(
                min(
                    previous[j + 1] + drop_one[i],
                    current[j] + drop_two[j],
                    previous[j] + _instead(a, b),
                )
            )
        previous = current
    return previous[-1]


def _missing(sound: str, arabic: bool, other_arabic: bool) -> float:  # noqa: FBT001
    """What it costs that the other word lacks a sound of this one."""
    if sound in _VOWELS:
        if arabic == other_arabic:
            return _VOWEL_BETWEEN_FORMS if arabic else _VOWEL_TYPED_FREELY
        return _LONG_VOWEL_MISSING if arabic else _SHORT_VOWEL_UNWRITTEN
    return _WEAK_MISSING if sound in _WEAK else 1.0


def _instead(a: str, b: str) -> float:
    if a == b:
        return 0.0
    if {a, b} == {"a", "3"}:
        return _AIN_AS_A
    return _OTHER_VOWEL if a in _VOWELS and b in _VOWELS else 1.0
