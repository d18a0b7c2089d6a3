"""Words with a code: read from a table, found by any of their spellings, named in a language."""

import csv
import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings

LANGUAGES = ("ar", "fr", "en")
_ARABIC = re.compile(r"[\u0600-\u06ff]")
_LETTERS = str.maketrans(
    {"أ": "ا", "إ": "ا", "آ": "ا", "ة": "ه", "ى": "ي", "ـ": "", "’": "'", "œ": "oe"}
)


@dataclass(frozen=True)
class Term:
    """A word of a vocabulary; ``group`` is the code of a wider one, empty when it has none."""

    code: str
    names: Mapping[str, str]
    also: tuple[str, ...]
    group: str = ""

    def name(self, language: str) -> str:
        """The name in Arabic, French or English (the last for any other language)."""
        return self.names.get(language) or self.names["en"]


def read_terms(path: Path) -> dict[str, Term]:
    """The terms of a table by code, in its order; ``also`` are further spellings."""
    with path.open(encoding="utf-8", newline="") as file:
        return {
            row["code"]: Term(
                code=row["code"],
                names={language: row[language] for language in LANGUAGES},
                also=tuple(spelling for spelling in row["also"].split("|") if spelling),
                group=row.get("group", ""),
            )
            for row in csv.DictReader(file)
        }


def by_spelling(terms: Mapping[str, Term]) -> dict[str, str]:
    """The code of each spelling: of the code itself, the names and the further ones."""
    found: dict[str, str] = {}
    for code, term in terms.items():
        for spelling in (code, *term.names.values(), *term.also):
            found.setdefault(plain(spelling), code)
    return found


def plain(text: str) -> str:
    """A text as spellings are compared: without case, accents, vowel marks and outer spaces."""
    written = unicodedata.normalize("NFKD", text.translate(_LETTERS).casefold())
    letters = "".join(sign for sign in written if not unicodedata.combining(sign))
    return " ".join(letters.split())


def written_in(text: str) -> str:
    """The language of a text that does not say it: Arabic by its letters, else the base one."""
    return "ar" if _ARABIC.search(text) else str(settings.BASE_LANGUAGE)
