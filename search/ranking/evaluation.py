"""How well search answers judged questions: nDCG@10, overall and by type and language.

A question names the goods (taxonomy slugs) that it should find. A listing of such goods has gain 1,
any other 0; the ideal order has as many of them in front as there are, at most ten.
"""

import csv
import math
from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from typing import IO
from uuid import UUID

from catalog.markets import market_of
from catalog.models import ListingOffer, ListingPage
from search.language.spelling import spellings, with_slip
from search.query import SearchQuery
from search.search import search

DEPTH = 10
COLUMNS = ("query", "lang", "expected_slugs", "type")
_PAGE_LANGUAGES = {"ar": "ar", "fr": "fr", "en": "en"}


class UnreadableQuestions(ValueError):
    """The file lacks a column of questions."""


@dataclass(frozen=True)
class Question:
    """What somebody types, and the goods that they mean."""

    text: str
    language: str
    kind: str
    expected: frozenset[str]


@dataclass(frozen=True)
class Mark:
    """The nDCG@10 of one question; None if the shop has none of the goods it asks for."""

    question: Question
    ndcg: float | None


@dataclass
class Evaluation:
    """Marks of all questions, and their means."""

    marks: list[Mark] = field(default_factory=list)

    @property
    def unanswerable(self) -> int:
        """Questions for goods that nobody sells: they are left out of the means."""
        return sum(mark.ndcg is None for mark in self.marks)

    @property
    def overall(self) -> float | None:
        """The mean over all questions that can be answered; None if there are none."""
        return _mean(self.marks)

    def by(self, key: Callable[[Question], str]) -> dict[str, dict[str, float | int | None]]:
        """Means and numbers of questions by type, language or whatever ``key`` gives."""
        groups: dict[str, list[Mark]] = defaultdict(list)
        for mark in self.marks:
            if mark.ndcg is not None:
                groups[key(mark.question)].append(mark)
        return {k: {"ndcg": _mean(m), "questions": len(m)} for k, m in sorted(groups.items())}


def read_questions(file: IO[str]) -> list[Question]:
    """Questions of a CSV file with ``query lang expected_slugs type``; slugs parted by ``|``."""
    table = csv.DictReader(file)
    if missing := [c for c in COLUMNS if c not in (table.fieldnames or ())]:
        raise UnreadableQuestions(f"The file lacks the columns {', '.join(missing)}.")
    return [
        Question(
            row["query"], row["lang"], row["type"], frozenset(row["expected_slugs"].split("|"))
        )
        for row in table
    ]


def evaluate(
    questions: Iterable[Question],
    *,
    market: str = "ma",
    with_synonyms: bool = True,
    progress: Callable[[int], None] | None = None,
) -> Evaluation:
    """Ask every question in a market and mark the answers."""
    stock = _listings_by_goods(market)
    result = Evaluation()
    for question in questions:
        result.marks.append(
            Mark(question, _ask(question, market, stock, with_synonyms=with_synonyms))
        )
        if progress:
            progress(len(result.marks))
    return result


def ndcg(gains: Sequence[int], ideal_count: int) -> float:
    """Discounted gain of the first ten hits against the best order of ``ideal_count`` good ones."""
    best = _discounted([1] * min(ideal_count, DEPTH))
    return _discounted(gains[:DEPTH]) / best if best else 0.0


def mistyped(questions: Iterable[Question], *, seed: int) -> list[Question]:
    """The questions with one slip of the hand each, as questions of type ``typo``."""
    made = [(question, with_slip(question.text, seed=seed)) for question in questions]
    return [
        Question(text, question.language, "typo", question.expected)
        for question, text in made
        if text != question.text
    ]


def steadiness(questions: Iterable[Question], *, market: str = "ma") -> dict[str, float | int]:
    """Of how many spellings of Arabic questions the first ten hits are those of the plain form."""
    same = asked = 0
    for question in questions:
        variants = spellings(question.text)
        if not variants:
            continue
        plain = _first_ten(question.text, market)
        for text in variants:
            asked += 1
            same += _first_ten(text, market) == plain
    return {"spellings": asked, "same_top_10": round(same / asked, 4) if asked else 1.0}


def _first_ten(text: str, market: str) -> list[UUID]:
    query = SearchQuery(text=text, language="ar", market=market, page_size=DEPTH)
    return [hit.listing.listing_id for hit in search(query).hits]


def _ask(
    question: Question, market: str, stock: dict[str, int], *, with_synonyms: bool
) -> float | None:
    ideal = sum(stock.get(slug, 0) for slug in question.expected)
    if not ideal:
        return None
    language = _PAGE_LANGUAGES.get(question.language, "ar")
    query = SearchQuery(
        text=question.text,
        language=language,
        market=market,
        page_size=DEPTH,
        with_synonyms=with_synonyms,
    )
    gains = [int(hit.listing.taxonomy_slug in question.expected) for hit in search(query).hits]
    return ndcg(gains, ideal)


def _listings_by_goods(market: str) -> dict[str, int]:
    counts: dict[str, int] = defaultdict(int)
    channel = market_of(market).channel_slug
    sold = ListingOffer.objects.filter(channel_slug=channel).values("page_id")
    rows = ListingPage.objects.filter(is_published=True, listing_id__in=sold).exclude(
        taxonomy_slug=""
    )
    for slug in rows.values_list("taxonomy_slug", flat=True):
        counts[slug] += 1
    return counts


def _discounted(gains: Sequence[int]) -> float:
    return sum(gain / math.log2(place + 2) for place, gain in enumerate(gains))


def _mean(marks: Iterable[Mark]) -> float | None:
    known = [mark.ndcg for mark in marks if mark.ndcg is not None]
    return round(sum(known) / len(known), 4) if known else None
