"""Headings between the rows of a table: “Miels” alone in a row, above the honeys.

A row is one when it has a single cell with a text, no number in it, and a row of a product below
it. Two may stand together, a title and a part of it; more are a list of names, which are products.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from typing import NamedTuple

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from catalog.categories import CATEGORIES, Category, category_named
from catalog.import_headings import NAMES
from catalog.import_no_products import is_sum
from marketplace.core.csv_table import CsvRow, plain_name

LONGEST = 80
MOST_TOGETHER = 2
# A number before it, as in “1. Miels” and “II) Huiles”.
_NUMBERED = re.compile(r"^\s*(?:\d{1,2}|[IVX]{1,4})\s*[.):–-]\s*")
# What follows narrows the noun before it, and what joins two nouns.
_OF = re.compile(r"\b(?:de|des|du|d|pour|for|of|au|aux|a)\b")
_AND = re.compile(r"\b(?:et|and)\b|,")
# Words of the categories' names that other headings have too.
_SAYS_LITTLE = {"good", "home", "dried", "sec"}


class Placed(NamedTuple):
    """A row, the text of the heading that it is, and the category of the heading it stands below.

    ``heading`` is empty for other rows.
    """

    row: CsvRow
    heading: str
    category: Category | None


def placed(rows: Iterable[CsvRow], columns: Sequence[str]) -> Iterator[Placed]:
    """The rows with what the headings between them say; ``columns`` are what each cell is."""
    category: Category | None = None
    waiting: list[tuple[CsvRow, str]] = []
    has_more = sum(map(bool, columns)) > 1
    is_list, key = False, ""
    for row in rows:
        text = _alone(row, columns, key) if has_more and not is_list else ""
        if text and len(waiting) < MOST_TOGETHER:
            waiting.append((row, text))
            continue
        if text or _is_total(row):
            # So many together are a list of names, and a total has no products below it.
            yield from _at_an_end(waiting, category)
            is_list = bool(text)
        else:
            if waiting:
                found = [category_meant(title) for _row, title in waiting]
                category = next(filter(None, reversed(found)), None)
            yield from (Placed(each, title, category) for each, title in waiting)
            is_list, key = is_list and _is_single(row), _key(row, columns)
        waiting = []
        yield Placed(row, "", category)
    yield from _at_an_end(waiting, category)


def told(place: Placed) -> str:
    """What a heading does, in the reader's language."""
    if place.category is None:
        return _(
            "A heading of the rows below it, and no product. "
            "If it is one, write its price or its reference too."
        )
    text = _(
        "A heading, and no product: the rows below it that name no category are taken for "
        "“%(category)s”. If it is a product, write its price or its reference too."
    )
    return text % {"category": place.category.name(get_language() or "ar")}


def category_meant(text: str) -> Category | None:
    """The category that a heading speaks of; None for none, or for two as well.

    By its name, or by the nouns of its name: “Miels” is *Miels et sirops*, “Huiles” is two.
    """
    text = _NUMBERED.sub("", text)
    if found := category_named(text):
        return found
    words = set(map(_stem, plain_name(text).split())) - _SAYS_LITTLE
    if len(words) > 1 and "thé" not in text.casefold():
        words.discard("the")
    scores = {}
    for category, (nouns, all_words) in _words().items():
        if words & nouns:
            scores[category] = len(words & all_words)
    best = [each for each, score in scores.items() if score == max(scores.values())]
    return best[0] if len(best) == 1 else None


def _alone(row: CsvRow, columns: Sequence[str], key: str) -> str:
    """The text of a row that has nothing else, where it may be a heading."""
    if not _is_single(row):
        return ""
    at, text = next((at, cell.strip()) for at, cell in enumerate(row.cells) if cell.strip())
    column = columns[at] if at < len(columns) else ""
    bare = _NUMBERED.sub("", text)
    is_place = column in {*NAMES, "key"} or (not column and not at)
    if not is_place or (column == "key" and text == key):
        return ""
    is_text = any(sign.isalpha() for sign in bare) and not any(sign.isdigit() for sign in bare)
    return text if is_text and len(text) <= LONGEST and not is_sum(text) else ""


def _is_single(row: CsvRow) -> bool:
    return sum(1 for cell in row.cells if cell.strip()) == 1


def _is_total(row: CsvRow) -> bool:
    return any(is_sum(cell) for cell in row.cells)


def _key(row: CsvRow, columns: Sequence[str]) -> str:
    named = dict(zip(columns, row.cells, strict=False))
    return named.get("key", "").strip()


def _at_an_end(waiting: list[tuple[CsvRow, str]], category: Category | None) -> Iterator[Placed]:
    """Rows of a single text below which no product stands: products, but for a category's name."""
    for row, text in waiting:
        named = category_named(_NUMBERED.sub("", text))
        yield Placed(row, text, named) if named else Placed(row, "", category)


@cache
def _words() -> dict[Category, tuple[set[str], set[str]]]:
    """The nouns of each category's names, and all words of them."""
    found = {}
    for category in CATEGORIES:
        if category.slug == "other":
            continue
        nouns: set[str] = set()
        words: set[str] = set()
        for name in (category.name_fr, category.name_en):
            parts = [plain_name(part) for part in _AND.split(name.casefold())]
            nouns |= {_stem(word) for part in parts for word in _OF.split(part)[0].split()}
            words |= {_stem(word) for part in parts for word in part.split()}
        arabic = plain_name(category.name_ar).split()
        # A noun is the first, or joined by "and"; another word narrows the one before it.
        nouns |= {_stem(word) for at, word in enumerate(arabic) if not at or word[0] == "و"}
        found[category] = nouns, words | set(map(_stem, arabic))
    return found


def _stem(word: str) -> str:
    """A word without the sign of several, and in Arabic without “and” and the article."""
    if word.startswith("وال"):
        word = word[1:]
    if word.startswith("ال"):
        return word[2:]
    return word.rstrip("sx") if word.isascii() else word
