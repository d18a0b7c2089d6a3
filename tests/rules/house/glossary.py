"""Words that the glossary retired do not come back as names.

`docs/developer/glossary.md` has a table of retired words: what to use, where the word is retired
(everywhere, or in folders), and names that are not meant, as patterns of a name in lower case or of
a file's path.
"""

import re
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from fnmatch import fnmatchcase
from pathlib import Path

from tests.rules.house.names import Name, words_of
from tests.rules.house.sources import ROOT

PAGE = ROOT / "docs/developer/glossary.md"
EVERYWHERE = "everywhere"
HEAD = "| Retired | Use | Where | Not meant |"
Having = dict[str, list[Name]]  # word → names
_MARKED = re.compile(r"`([^`]+)`")


@dataclass(frozen=True)
class Retired:
    """A row of the table."""

    words: frozenset[str]
    use: str
    places: tuple[str, ...]
    not_meant: dict[str, str] = field(hash=False)

    def found_in(self, having: Having) -> list[Name]:
        """The names that have a word of the row where that is retired; exceptions too."""
        found = {name for word in self.words for name in having.get(word, ())}
        return [name for name in found if not self.places or name.file.startswith(self.places)]

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
    having = _by_word(names)
    found = {
        ", ".join(sorted(row.words)): sorted(
            (name for name in row.found_in(having) if row.exception_for(name) is None), key=str
        )
        for row in rows
    }
    return {words: wrong for words, wrong in found.items() if wrong}


def stale_exceptions(names: Iterable[Name], rows: list[Retired]) -> list[str]:
    """Patterns of the table that match no name any more, and folders that are gone."""
    having = _by_word(names)
    stale = [place for row in rows for place in row.places if not (ROOT / place).exists()]
    for row in rows:
        used = {row.exception_for(name) for name in row.found_in(having)}
        stale += [pattern for pattern in row.not_meant if pattern not in used]
    return stale


def _by_word(names: Iterable[Name]) -> Having:
    """The names that have a word: a row asks for its few words, not each name for each row."""
    having: Having = defaultdict(list)
    for name in names:
        for word in words_of(name.name):
            having[word].append(name)
    return having
