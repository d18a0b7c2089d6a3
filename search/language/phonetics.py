"""Phonetic matching across scripts: ``zit argan`` matches زيت أركان, since Darija is typed in both.

Rules, not a list of words. The phonetic key of a word is its consonants by class: words that may
be the same have the same key. The phonetic distance tells them apart: Arabic leaves out short
vowels, Latin letters write vowels freely, a digit of chat spelling is a letter (``7`` is ح, ``9``
ق, ``3`` ع), and an h is often left out.
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

# Costs of differences between two sounds; another consonant costs 1.
_SHORT_VOWEL_UNWRITTEN = 0.06
_LONG_VOWEL_MISSING = 0.3
_VOWEL_BETWEEN_FORMS = 0.22
_VOWEL_TYPED_FREELY = 0.14
_OTHER_VOWEL = 0.25
_WEAK_MISSING = 0.2
# Often ع is written as an a.
_AIN_AS_A = 0.1


@lru_cache(maxsize=200_000)
def phonetic_form(word: str) -> str:
    """The sounds of a normalized word: consonants by class, the vowels ``a i u``, ع as ``3``."""
    if is_arabic(word):
        return _RUNS.sub(r"\1", "".join(_ARABIC.get(c, "") for c in stem(word).removesuffix("ه")))
    if word.isdigit():
        return ""
    for pair, phoneme in _PAIRS:
        word = word.replace(pair, phoneme)
    word = _SOFT_G.sub("j", _SOFT_C.sub("s", word))
    return _RUNS.sub(r"\1", "".join(_LATIN.get(c, "") for c in word)).removesuffix("h")


@lru_cache(maxsize=200_000)
def phonetic_key(word: str) -> str:
    """The consonants that both scripts write; empty when too few are left to compare."""
    key = consonant_key(word)
    return key if sum(c not in _VOWELS for c in key) >= SHORTEST else ""


def consonant_key(word: str) -> str:
    """As ``phonetic_key``, however short: for a word of a phrase."""
    form = phonetic_form(word)
    return form[:1] * (form[:1] in ("h", "u", "i")) + "".join(
        c for c in form[form[:1] == "h" :] if c not in _VOWELS and c not in _WEAK
    )


def phonetic_distance(left: str, right: str) -> float:
    """How far two words are in sound: 0 for the same, about 1 for different words."""
    return _distance(phonetic_form(left), phonetic_form(right), is_arabic(left), is_arabic(right))


@lru_cache(maxsize=100_000)
def _distance(left: str, right: str, left_arabic: bool, right_arabic: bool) -> float:  # noqa: FBT001
    """The edit distance of two phonetic forms, weighted by sound and script."""
    left_costs = [_deletion_cost(c, left_arabic, right_arabic) for c in left]
    right_costs = [_deletion_cost(c, right_arabic, left_arabic) for c in right]
    previous = [0.0]
    for cost in right_costs:
        previous.append(previous[-1] + cost)
    for i, a in enumerate(left):
        current = [previous[0] + left_costs[i]]
        for j, b in enumerate(right):
            current.append(
                min(
                    previous[j + 1] + left_costs[i],
                    current[j] + right_costs[j],
                    previous[j] + _substitution_cost(a, b),
                )
            )
        previous = current
    return previous[-1]


def _deletion_cost(phoneme: str, arabic: bool, other_arabic: bool) -> float:  # noqa: FBT001
    """The cost of a sound that the other word does not have."""
    if phoneme in _VOWELS:
        if arabic == other_arabic:
            return _VOWEL_BETWEEN_FORMS if arabic else _VOWEL_TYPED_FREELY
        return _LONG_VOWEL_MISSING if arabic else _SHORT_VOWEL_UNWRITTEN
    return _WEAK_MISSING if phoneme in _WEAK else 1.0


def _substitution_cost(a: str, b: str) -> float:
    if a == b:
        return 0.0
    if {a, b} == {"a", "3"}:
        return _AIN_AS_A
    return _OTHER_VOWEL if a in _VOWELS and b in _VOWELS else 1.0
