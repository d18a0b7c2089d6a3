"""Why a document charges no VAT: the mention by the rule of a country, or in own words.

The rules are dated data with their words in three languages. Where the law is cited in the words of
one language, these stand beside the reader's.
"""

from collections.abc import Mapping
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

from marketplace.core.dated import Row, holds_on, read_rules, span_of
from marketplace.core.vocabulary import LANGUAGES, plain, written_in

EXEMPTIONS_FILE = Path(__file__).parent / "data" / "vat_exemptions.csv"
LONGEST_OWN_WORDS = 200


class Exemption(NamedTuple):
    """One dated rule; an empty ``country`` means every one. ``original``: the law's language."""

    valid_from: date
    valid_to: date | None
    country: str
    code: str
    party: str
    texts: dict[str, str]
    original: str
    source: str


class Words(NamedTuple):
    """A sentence; ``language`` where it is not the reader's, ``is_small`` for the law's own."""

    text: str
    language: str = ""
    is_small: bool = False


def exemptions_for(country: str, party: str, on: date) -> list[Exemption]:
    """The reasons that documents of a payer or a seller of a country may name on a day."""
    return [
        rule
        for rule in _rules()
        if rule.country in {"", country}
        and rule.party in {"both", party}
        and holds_on(on, rule.valid_from, rule.valid_to)
    ]


def code_of(words: str) -> str:
    """The code of a mention as it is written in any of the languages; empty for own words."""
    return _spellings().get(plain(words), "")


def in_own_words(text: str) -> dict[str, str]:
    """Words that say no language, by the one of their letters."""
    return {written_in(text): text} if text else {}


def frozen(code: str, own_words: Mapping[str, str]) -> dict[str, Any]:
    """The mention as a document's facts keep it: its words today, by language; empty for none."""
    rule = next((rule for rule in reversed(_rules()) if rule.code == code), None)
    if rule:
        return {"code": code, "texts": dict(rule.texts), "original": rule.original}
    return {"code": "", "texts": dict(own_words), "original": ""} if own_words else {}


def words_of(mention: Any, language: str) -> list[Words]:
    """The mention for a reader: in their language, with the law's own words in small beside it.

    Own words that were not written in it are in theirs. Earlier documents have only a text.
    """
    is_earlier = isinstance(mention, str)
    facts: Mapping[str, Any] = {"texts": in_own_words(mention)} if is_earlier else mention or {}
    texts: Mapping[str, str] = facts.get("texts", {})
    own = next((key for key in (language, *LANGUAGES) if texts.get(key)), "")
    if not own:
        return []
    if own != language:
        return [Words(texts[own], own)]
    original = facts.get("original", "")
    beside = [original] if original not in {"", language} else []
    return [Words(texts[own]), *(Words(texts[key], key, is_small=True) for key in beside)]


@cache
def _rules() -> tuple[Exemption, ...]:
    return read_rules(EXEMPTIONS_FILE, _exemption)


@cache
def _spellings() -> dict[str, str]:
    return {
        plain(words): rule.code for rule in _rules() for words in (rule.code, *rule.texts.values())
    }


def _exemption(row: Row) -> Exemption:
    texts = {language: row[language] for language in LANGUAGES}
    return Exemption(
        *span_of(row), row["country"], row["code"], row["party"], texts, row["original"],
        row["source"],
    )  # fmt: skip
