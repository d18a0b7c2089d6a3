"""Words in quotation marks: they have to stand side by side in a listing's name."""

import re
from collections.abc import Iterator

from search.indexing.documents import neighbours
from search.language.normalizing import stem, words_of
from search.language.query_plan import Group, Part, Way

_QUOTED = re.compile(r'"([^"]+)"|«([^«»]+)»|“([^“”]+)”|„([^„“”]+)[“”]')
MOST_PHRASES = 3
MOST_WORDS = 10


def without_marks(text: str) -> str:
    """The text without its quotation marks; the words between them stay."""
    return _QUOTED.sub(lambda found: f" {_inside(found)} ", text)


def phrases(text: str) -> Iterator[Group]:
    """What the quoted parts of a text ask for beside their words; its share is not known yet."""
    for found in list(_QUOTED.finditer(text))[:MOST_PHRASES]:
        words = words_of(_inside(found))[:MOST_WORDS]
        asked = neighbours(words) or [stem(word) for word in words]
        if asked:
            parts = tuple(Part(((each, 1.0),)) for each in asked)
            yield Group(f"“{_inside(found).strip()}”", (Way(parts),))


def _inside(found: re.Match[str]) -> str:
    return next(part for part in found.groups() if part)
