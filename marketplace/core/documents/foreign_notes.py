"""Notes of a document that may be in another language than it, which is then said."""

from marketplace.core.documents.drawing import Note, isolated
from marketplace.core.word_lists import said_in


def note_in(text: str, language: str = "", *, is_small: bool = False) -> Note:
    """A note; one in another language says which, but for a small one beside its translation."""
    said = f" ({said_in(language)})" if language and not is_small else ""
    return Note(f"{isolated(text)}{said}", language, is_small)
