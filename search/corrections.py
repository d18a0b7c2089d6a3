"""The corrected text of a query, spelt as the hits spell it."""

from collections.abc import Sequence

from search.language.normalizing import normalize, stem
from search.results import Hit

_PUNCTUATION = "().,،؛:«»\"'"


def corrected_text(text: str, corrections: dict[str, str], hits: Sequence[Hit]) -> str:
    """The text with misspelt words replaced, or empty if none is."""
    if not corrections or not hits:
        return ""
    spelt = _spelt_words(hits)
    words = []
    for word in text.split():
        correction = corrections.get(stem(normalize(word)), "")
        words.append(spelt.get(correction, correction) if correction else word)
    corrected = " ".join(words)
    return corrected if corrected != " ".join(text.split()) else ""


def _spelt_words(hits: Sequence[Hit]) -> dict[str, str]:
    """The words of the hits' names by stem, each as it is first spelt."""
    names = [name for hit in hits for name in hit.listing.names.values()]
    words = [word.strip(_PUNCTUATION) for name in names for word in name.split()]
    return {stem(normalize(word)): word.lower() for word in reversed(words)}
