"""A market's own words: what its people call payment, postal code or courier.

Messages are translated once for each language, in Morocco's usage. Where another market says
something else, ``data/market_usage.csv`` has it: a word that stands in for another one in all
messages, or a message of its own. They stand before the language's catalogue while a page, mail or
document is written ``speaking`` to a market, which also decides its digits.
"""

import copy
import csv
import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

from django.utils import translation
from django.utils.translation import trans_real

USAGE_FILE = Path(__file__).parent / "data" / "market_usage.csv"
# No public door leads to the translation that is active.
_django: Any = trans_real
# Letters and vowel marks of a word, so that one does not stand for the end of another.
_IN_A_WORD = r"[\w\u064b-\u065f\u0670]"


class MarketWord(NamedTuple):
    """A word, or the translation of a ``message``, that markets say ``instead``."""

    markets: tuple[str, ...]
    language: str
    message: str
    word: str
    instead: str
    reason: str


_market: ContextVar[str] = ContextVar("market", default="")


@contextmanager
def speaking(language: str, market: str) -> Iterator[None]:
    """Write to people of a market in a language, in their words and digits.

    What is written in another language within it, and after that, has the general words.
    """
    before = getattr(_django._active, "value", None)  # noqa: SLF001
    token = _market.set(market)
    translation.activate(language)
    if own := _translation(language, market):
        _django._active.value = own  # noqa: SLF001
    try:
        yield
    finally:
        _market.reset(token)
        translation.deactivate()
        if before is not None:
            _django._active.value = before  # noqa: SLF001


def market_spoken_to() -> str:
    """The market that is being written to, by its code; empty outside ``speaking``."""
    return _market.get()


def as_said_here(text: str, language: str) -> str:
    """A name that is no message, such as a category's, in the words of the market written to."""
    return in_usage_of(text, _replaced(language, _market.get())) if _market.get() else text


@cache
def market_usage() -> tuple[MarketWord, ...]:
    """All rows of the file."""
    with USAGE_FILE.open(encoding="utf-8", newline="") as file:
        return tuple(
            MarketWord(
                tuple(row["markets"].split()),
                *(row[name] for name in ("language", "message", "word", "instead", "reason")),
            )
            for row in csv.DictReader(file)
        )


def in_usage_of(text: str, replaced: Mapping[str, str]) -> str:
    """A text with words exchanged, whole words only."""
    if not replaced:
        return text
    return _any_of(tuple(replaced)).sub(lambda found: replaced[found.group()], text)


@cache
def _any_of(alternatives: tuple[str, ...]) -> re.Pattern[str]:
    longest_first = "|".join(map(re.escape, sorted(alternatives, key=len, reverse=True)))
    return re.compile(f"(?<!{_IN_A_WORD})(?:{longest_first})(?!{_IN_A_WORD})")


@cache
def _translation(language: str, market: str) -> Any:
    """The language's translation with the market's words before it; None if it has none."""
    rows = [row for row in market_usage() if market in row.markets and row.language == language]
    if not rows:
        return None
    general = _django.translation(language)
    own = copy.copy(general)
    own._catalog = copy.copy(general._catalog)  # noqa: SLF001
    own._catalog._catalogs = [_changed(general, rows), *general._catalog._catalogs]  # noqa: SLF001
    own._catalog._plurals = [general.plural, *general._catalog._plurals]  # noqa: SLF001
    return own


@cache
def _replaced(language: str, market: str) -> dict[str, str]:
    rows = [row for row in market_usage() if market in row.markets and row.language == language]
    return {row.word: row.instead for row in rows if row.word}


def _changed(general: Any, rows: list[MarketWord]) -> dict[Any, str]:
    replaced = {row.word: row.instead for row in rows if row.word}
    texts = ((key, text, in_usage_of(text, replaced)) for key, text in general._catalog.items())  # noqa: SLF001
    changed = {key: own for key, text, own in texts if own != text}
    return changed | {row.message: row.instead for row in rows if row.message}
