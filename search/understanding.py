"""From what a buyer typed to what to look for: words, sounds, and what a slip may have meant."""

import math
from dataclasses import dataclass

from django.db import connection

from search.documents import sound_lexeme
from search.fold import fold, is_arabic, letters, stem, words_of
from search.likeness import distance, slips_allowed, swaps
from search.queries import LONGEST_TEXT
from search.sounds import sound

MOST_WORDS = 8
SHORTEST_PREFIX = 3
CLEAR_SOUND = 3
WAYS = ("exact", "begun", "meant", "heard", "alike")

_COUNTS = """
    SELECT t.n, (SELECT count(*) FROM search_searchdocument WHERE words @@ t.exact::tsquery),
           (SELECT count(*) FROM search_searchdocument WHERE words @@ t.begun::tsquery)
    FROM unnest(%(exact)s::text[], %(begun)s::text[]) WITH ORDINALITY AS t(exact, begun, n)
    ORDER BY t.n
"""
_LIKE = """
    SELECT word FROM search_searchword
    WHERE word = ANY(%(swapped)s)
       OR (letters %% %(letters)s AND length(letters) BETWEEN %(short)s AND %(long)s)
    ORDER BY word = ANY(%(swapped)s) DESC, similarity(letters, %(letters)s) DESC, documents DESC
    LIMIT 20
"""


@dataclass(frozen=True)
class Word:
    """One word of the query. Each of its ways to fit is a tsquery, empty if unused.

    ``exact`` the word itself, ``begun`` words that begin with it, ``meant`` the known word that it
    may be a slip of, ``heard`` its sound in the other script, ``alike`` its sound in its own.
    ``weight`` is larger for a word that few documents have; ``respelt`` is the known word that
    stands for a mistyped one.
    """

    exact: str
    begun: str
    meant: str
    heard: str
    alike: str
    weight: float
    respelt: str = ""

    @property
    def any(self) -> str:
        """A tsquery for a document that has the word in any way."""
        return " | ".join(fit for way in WAYS if (fit := getattr(self, way)))


@dataclass(frozen=True)
class Understood:
    """The words of a query and its whole folded text; ``respelt`` maps stems to known stems."""

    folded: str
    words: list[Word]
    respelt: dict[str, str]


def understand(text: str) -> Understood:
    """Read a buyer's words; what exceeds 200 characters or 8 words is left out."""
    folded = fold(text[:LONGEST_TEXT])
    typed = list({stem(word): word for word in words_of(text[:LONGEST_TEXT])}.values())[:MOST_WORDS]
    if not typed:
        return Understood(folded, [], {})
    counts = _counts([stem(word) for word in typed])
    words = [_word(word, *counted) for word, counted in zip(typed, counts, strict=True)]
    respelt = {stem(w): read.respelt for w, read in zip(typed, words, strict=True) if read.respelt}
    return Understood(folded, words, respelt)


def _counts(words: list[str]) -> list[tuple[int, int]]:
    """For each word: how many documents have it, and how many have a word that begins with it."""
    exact, begun = [_lexeme(word) for word in words], [f"{_lexeme(word)}:*" for word in words]
    with connection.cursor() as cursor:
        cursor.execute(_COUNTS, {"exact": exact, "begun": begun})
        return [(row[1], row[2]) for row in cursor.fetchall()]


def _word(typed: str, exact_count: int, begun_count: int) -> Word:
    root = stem(typed)
    is_prefix = len(root) >= SHORTEST_PREFIX
    known = exact_count > 0 or (is_prefix and begun_count > 0)
    respelt = "" if known else _nearest(root)
    count = exact_count or (begun_count if is_prefix else 0) or 1
    return Word(
        exact=_lexeme(root),
        begun=f"{_lexeme(root)}:*" if is_prefix else "",
        meant=f"{_lexeme(respelt)}" if respelt else "",
        heard=_sound(typed, arabic=not is_arabic(typed), sure=not (exact_count or respelt)),
        alike=_alike(typed, known=exact_count > 0 or bool(respelt)),
        weight=1 / math.log2(2 + count),
        respelt=respelt,
    )


def _sound(typed: str, *, arabic: bool, sure: bool) -> str:
    """A word's sound as written in one script; two consonants only count if we are ``sure``."""
    key = sound(typed)
    is_clear = len(key) >= CLEAR_SOUND or (sure and key)
    return _lexeme(sound_lexeme(key, arabic=arabic)) if is_clear else ""


def _alike(typed: str, *, known: bool) -> str:
    """The sound in the word's own script: for Arabic the consonants are the root (تمر, تمور)."""
    if known and not is_arabic(typed):
        return ""
    return _sound(typed, arabic=is_arabic(typed), sure=not known)


def _nearest(root: str) -> str:
    """The known word that a mistyped one is nearest to, or nothing."""
    allowed = slips_allowed(root)
    if not allowed:
        return ""
    lengths = {"short": len(root) - allowed, "long": len(root) + allowed}
    with connection.cursor() as cursor:
        cursor.execute(_LIKE, {"letters": letters(root), "swapped": swaps(root), **lengths})
        candidates = [row[0] for row in cursor.fetchall()]
    same_script = [word for word in candidates if is_arabic(word) == is_arabic(root)]
    near = [(distance(root, word), n, word) for n, word in enumerate(same_script)]
    best = min(near, default=(allowed + 1, 0, ""))
    return best[2] if best[0] <= allowed else ""


def _lexeme(word: str) -> str:
    """A word as a tsquery takes it; folding has left nothing in it that needs escaping."""
    return f"'{word}'"
