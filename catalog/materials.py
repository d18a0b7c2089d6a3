"""What listings are made of: known materials have a code, others stay as they were written."""

import re
from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import NamedTuple

from django.conf import settings

from marketplace.core.vocabulary import LANGUAGES, Term, by_spelling, plain, read_terms, written_in
from marketplace.core.word_lists import listed

_FILE = Path(__file__).parent / "data" / "materials.csv"
_SEPARATORS = re.compile(r"[,،;؛|/\n]+")
_AND = re.compile(r"\s+(?:et|and)\s+|\s+و\s?", re.IGNORECASE)
_MARKED = re.compile(r"(ar|fr|en):(.*)", re.DOTALL)


class Shown(NamedTuple):
    """A line of materials as a page shows it; ``language`` is empty when it is the page's own."""

    text: str
    language: str = ""


class Read(NamedTuple):
    """Materials as somebody wrote them: the codes of the known ones, and the other words."""

    codes: list[str]
    others: list[str]


@cache
def materials() -> dict[str, Term]:
    """All known materials by code, in the order of ``data/materials.csv``."""
    return read_terms(_FILE)


def known_names(language: str) -> list[str]:
    """The names of all known materials in a language, for somebody who types."""
    return sorted({term.name(language) for term in materials().values()})


def read_materials(written: str | Iterable[str]) -> Read:
    """The materials of a text, or of several, in any of the languages; each once."""
    parts = [written] if isinstance(written, str) else written
    items = [" ".join(item.split()) for part in parts for item in _items(part)]
    codes: dict[str, None] = {}
    others: dict[str, None] = {}
    for item in filter(None, items):
        found = _codes(item)
        codes.update(dict.fromkeys(found))
        if not found:
            others[item] = None
    return Read(list(codes), list(others))


def names_in(codes: Iterable[str], language: str) -> list[str]:
    """The names of codes in a language; a code that is not known (any more) is its own name."""
    known = materials()
    return [known[code].name(language) if code in known else code for code in codes]


def shown(codes: Sequence[str], others: Mapping[str, str], language: str) -> list[Shown]:
    """The materials as a page in a language shows them: the known ones, then the other words.

    Those are in the page's language where they were written in it, else in one language, which is
    said.
    """
    known = listed(names_in(codes, language), language=language)
    found = [Shown(_capital(known))] if known else []
    for key in (language, settings.BASE_LANGUAGE, *LANGUAGES):
        if text := others.get(key, ""):
            return [*found, Shown(text, "" if key == language else key)]
    return found


def as_attribute(codes: Iterable[str], others: Mapping[str, str]) -> str:
    """The materials as the engine keeps them: ``wool|fr:poil de lapin``."""
    told = [f"{lang}:{text}" for lang, text in sorted(others.items()) if text and lang in LANGUAGES]
    return "|".join([*codes, *told])


def from_attribute(text: str) -> tuple[list[str], dict[str, str]]:
    """Codes and other words by language of what the engine keeps, also of a plain text."""
    codes: list[str] = []
    others: dict[str, list[str]] = {}
    for part in text.split("|"):
        if marked := _MARKED.fullmatch(part.strip()):
            others.setdefault(marked[1], []).append(marked[2].strip())
            continue
        read = read_materials(part)
        codes += read.codes
        for item in read.others:
            others.setdefault(written_in(item), []).append(item)
    joined = {lang: listed(items, language=lang) for lang, items in others.items()}
    return list(dict.fromkeys(codes)), joined


def _items(text: str) -> list[str]:
    """The things that a text lists; one known as a whole is not cut at its comma."""
    return [text] if _code(text) else _SEPARATORS.split(text)


def _codes(item: str) -> list[str]:
    if code := _code(item):
        return [code]
    both = [_code(part) for part in _AND.split(item)]
    return [code for code in both if code] if all(both) else []


def _code(text: str) -> str:
    return _spellings().get(plain(text).strip(" ."), "")


@cache
def _spellings() -> dict[str, str]:
    return by_spelling(materials())


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
