"""Quality marks of listings, and their names."""

from functools import cache
from pathlib import Path

from django.utils.translation import get_language

from marketplace.core.vocabulary import Term, by_spelling, plain, read_terms

_FILE = Path(__file__).parent / "data" / "quality_marks.csv"


@cache
def marks() -> dict[str, Term]:
    """All marks by code, in the order of ``data/quality_marks.csv``."""
    return read_terms(_FILE)


def mark_name(mark: str) -> str:
    """The mark's name in the reader's language; the code of an unknown one."""
    known = marks().get(mark)
    return known.name(get_language() or "en") if known else mark


def mark_choices() -> list[tuple[str, str]]:
    """Code and name of every mark, in the reader's language."""
    return [(code, mark_name(code)) for code in marks()]


def mark_of(text: str) -> str:
    """The code of a mark as somebody wrote it, in any language; an unknown one as it is."""
    return _spellings().get(plain(text), text)


@cache
def _spellings() -> dict[str, str]:
    return by_spelling(marks())
