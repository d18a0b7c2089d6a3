"""Words that the glossary retired do not come back as names.

`docs/developer/glossary.md` has a table of retired words: what to use, where the word is retired
(everywhere, or in folders), and names that are not meant, as patterns of a name in lower case or of
a file's path.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from fnmatch import fnmatchcase
from pathlib import Path

from tests.rules.house.names import Name, words_of
from tests.rules.house.sources import ROOT

PAGE = ROOT / "docs/developer/glossary.md"
EVERYWHERE = "everywhere"
HEAD = "| Retired | Use | Where | Not meant |"
_MARKED = re.compile(r"`([^`]+)`")


@dataclass(frozen=True)
class Retired:
    """A row of the table."""

    words: frozenset[str]
    use: str
    places: tuple[str, ...]
    not_meant: dict[str, str] = field(hash=False)

    def is_found_in(self, name: Name) -> bool:
        """Whether the name has a word of the row where that is retired; exceptions aside."""
        is_there = not self.places or name.file.startswith(self.places)
        return is_there and bool(self.words & words_of(name.name))

    def exception_for(self, name: Name) -> str | None:
        """The pattern by which the name is not meant."""
        matching = (
            pattern
            for pattern in self.not_meant
            if fnmatchcase(name.name.lower(), pattern) or fnmatchcase(name.file, pattern)
        )
        return next(matching, None)


def retired_words(page: Path = PAGE) -> list[Retired]:
    """The rows of the page's table."""
    lines = page.read_text().splitlines()
    first = lines.index(HEAD) + 2
    rows = []
    for line in lines[first:]:
        if not line.startswith("|"):
            break
        words, use, where, not_meant = (cell.strip() for cell in line.strip("|").split("|"))
        rows.append(
            Retired(
                words=frozenset(word.strip() for word in words.split(",")),
                use=use,
                places=() if where == EVERYWHERE else tuple(_MARKED.findall(where)),
                not_meant=_exceptions(not_meant),
            )
        )
    return rows


def _exceptions(cell: str) -> dict[str, str]:
    """Patterns and reasons of a cell: "`a`, `b`: why; `c`: why"."""
    found = {}
    for group in filter(None, (part.strip() for part in cell.split(";"))):
        patterns, _colon, reason = group.partition(": ")
        found.update(dict.fromkeys(_MARKED.findall(patterns), reason.strip()))
    return found


def names_with_retired_words(names: Iterable[Name], rows: list[Retired]) -> dict[str, list[Name]]:
    """By what to use instead: names that have a retired word."""
    known = sorted(names, key=str)
    found = {
        ", ".join(sorted(row.words)): [
            name for name in known if row.is_found_in(name) and row.exception_for(name) is None
        ]
        for row in rows
    }
    return {words: wrong for words, wrong in found.items() if wrong}


def stale_exceptions(names: Iterable[Name], rows: list[Retired]) -> list[str]:
    """Patterns of the table that match no name any more, and folders that are gone."""
    known = list(names)
    stale = [place for row in rows for place in row.places if not (ROOT / place).exists()]
    for row in rows:
        used = {row.exception_for(name) for name in known if row.is_found_in(name)}
        stale += [pattern for pattern in row.not_meant if pattern not in used]
    return stale
