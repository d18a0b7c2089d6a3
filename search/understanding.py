"""From what a buyer typed to what to look for: words, sounds, and what a slip may have meant."""

import math
from dataclasses import dataclass

from django.db import connection

from search.documents import sound_lexeme
from search.fold import fold, is_arabic, stems
from search.likeness import distance, slips_allowed
from search.queries import LONGEST_TEXT
from search.sounds import sound

MOST_WORDS = 8
SHORTEST_PREFIX = 3
CLEAR_SOUND = 3

_COUNTS = """
    SELECT t.n, (SELECT count(*) FROM search_searchdocument WHERE words @@ t.exact::tsquery),
           (SELECT count(*) FROM search_searchdocument WHERE words @@ t.begun::tsquery)
    FROM unnest(%(exact)s::text[], %(begun)s::text[]) WITH ORDINALITY AS t(exact, begun, n)
    ORDER BY t.n
"""
_LIKE = """
    SELECT word FROM search_searchword
    WHERE word %% %(word)s AND length(word) BETWEEN %(short)s AND %(long)s
    ORDER BY similarity(word, %(word)s) DESC, documents DESC LIMIT 20
"""


@dataclass(frozen=True)
class Word:
    """One word of the query. Each of ``exact begun meant heard`` is a tsquery, empty if unused.

    ``weight`` is larger for a word that few documents have; ``respelt`` is the known word that
    stands for a mistyped one.
    """

    exact: str
    begun: str
    meant: str
    heard: str
    weight: float
    respelt: str = ""

    @property
    def any(self) -> str:
        """A tsquery for a document that has the word in any way."""
        return " | ".join(part for part in (self.exact, self.begun, self.meant, self.heard) if part)


@dataclass(frozen=True)
class Understood:
    """The words of a query and its whole folded text; ``respelt`` maps stems to known stems."""

    folded: str
    words: list[Word]
    respelt: dict[str, str]


def understand(text: str) -> Understood:
    """Read a buyer's words; what exceeds 200 characters or 8 words is left out."""
    folded = fold(text[:LONGEST_TEXT])
    found = list(dict.fromkeys(stems(text[:LONGEST_TEXT])))[:MOST_WORDS]
    if not found:
        return Understood(folded, [], {})
    words = [_word(stem, *counts) for stem, counts in zip(found, _counts(found), strict=True)]
    respelt = {stem: w.respelt for stem, w in zip(found, words, strict=True) if w.respelt}
    return Understood(folded, words, respelt)


def _counts(words: list[str]) -> list[tuple[int, int]]:
    """For each word: how many documents have it, and how many have a word that begins with it."""
    exact, begun = [_lexeme(word) for word in words], [f"{_lexeme(word)}:*" for word in words]
    with connection.cursor() as cursor:
        cursor.execute(_COUNTS, {"exact": exact, "begun": begun})
        return [(row[1], row[2]) for row in cursor.fetchall()]


def _word(stem: str, exact_count: int, begun_count: int) -> Word:
    is_prefix = len(stem) >= SHORTEST_PREFIX
    known = exact_count > 0 or (is_prefix and begun_count > 0)
    respelt = "" if known else _nearest(stem)
    count = exact_count or (begun_count if is_prefix else 0) or 1
    return Word(
        exact=_lexeme(stem),
        begun=f"{_lexeme(stem)}:*" if is_prefix else "",
        meant=f"{_lexeme(respelt)}" if respelt else "",
        heard=_heard(stem, known=exact_count > 0),
        weight=1 / math.log2(2 + count),
        respelt=respelt,
    )


def _heard(stem: str, *, known: bool) -> str:
    """The same sound in the other script; in the same script only for a word nobody knows."""
    key = sound(stem)
    if not key or (known and len(key) < CLEAR_SOUND):
        return ""
    scripts = (not is_arabic(stem),) if known else (True, False)
    return " | ".join(_lexeme(sound_lexeme(key, arabic=script)) for script in scripts)


def _nearest(stem: str) -> str:
    """The known word that a mistyped one is nearest to, or nothing."""
    allowed = slips_allowed(stem)
    if not allowed:
        return ""
    lengths = {"short": len(stem) - allowed, "long": len(stem) + allowed}
    with connection.cursor() as cursor:
        cursor.execute(_LIKE, {"word": stem, **lengths})
        candidates = [row[0] for row in cursor.fetchall()]
    near = [(distance(stem, word), n, word) for n, word in enumerate(candidates)]
    best = min(near, default=(allowed + 1, 0, ""))
    return best[2] if best[0] <= allowed else ""


def _lexeme(word: str) -> str:
    """A word as a tsquery takes it; folding has left nothing in it that needs escaping."""
    return f"'{word}'"
