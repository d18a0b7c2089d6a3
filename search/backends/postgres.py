"""Search in PostgreSQL itself: words by a GIN index, likeness by trigrams, facets by counting."""

import math
from collections import defaultdict
from dataclasses import replace
from uuid import UUID

from django.db import connection

from catalog.queries import listing_pages
from search.backends.statement import FACETS, FILTERS, statement
from search.fold import fold, stem
from search.labels import labels
from search.queries import Facet, Hit, SearchQuery, SearchResults
from search.understanding import Understood, understand

MOST_CHOICES = 40
Row = tuple[str, str, int, float]


class Answer:
    """The rows of the statement, by part."""

    def __init__(self, rows: list[Row]) -> None:
        self.numbers: dict[str, int | None] = {}
        self.facets: dict[str, dict[str, int]] = defaultdict(dict)
        self.hits: list[tuple[UUID, float]] = []
        for part, value, number, score in sorted(rows, key=lambda row: (row[0], row[2] or 0)):
            if part == "hit":
                self.hits.append((UUID(value), score))
            elif part.startswith("facet:"):
                self.facets[part.removeprefix("facet:")][value] = number
            else:
                self.numbers[part] = number

    def count(self, part: str) -> int:
        """A number of the answer, zero if it has none."""
        return self.numbers.get(part) or 0


class PostgresBackend:
    """The backend that needs nothing but the database that is there anyway."""

    def search(self, query: SearchQuery) -> SearchResults:
        """Find listings with all the words; if there are none, those with the most of them."""
        read = understand(query.text)
        answer, relaxed = _ask(query, read, all_words=True), False
        if not answer.count("matched") and len(read.words) > 1:
            answer, relaxed = _ask(query, read, all_words=False), True
        pages = max(math.ceil(answer.count("total") / query.page_size), 1)
        if query.page > pages:
            return self.search(replace(query, page=pages))
        return _results(query, read, answer, pages, relaxed=relaxed)


def _ask(query: SearchQuery, read: Understood, *, all_words: bool) -> Answer:
    sql, params = statement(query, read, all_words=all_words)
    with connection.cursor() as cursor:
        cursor.execute(sql, params)
        return Answer(cursor.fetchall())


def _results(
    query: SearchQuery, read: Understood, answer: Answer, pages: int, *, relaxed: bool
) -> SearchResults:
    hits = _hits(query, answer)
    low, high = answer.numbers.get("price_low"), answer.numbers.get("price_high")
    return SearchResults(
        hits=hits,
        total=answer.count("total"),
        page=max(query.page, 1),
        pages=pages,
        facets={name: _facet(name, query, answer.facets[name]) for name in FACETS},
        price_range_minor=(low, high) if low is not None and high is not None else None,
        corrected=_corrected(query, read, hits),
        relaxed=relaxed and bool(answer.count("matched")),
        suggestions=[] if hits else _suggestions(answer),
    )


def _hits(query: SearchQuery, answer: Answer) -> list[Hit]:
    pages = {p.listing_id: p for p in listing_pages([i for i, _ in answer.hits], query.market)}
    found = []
    for listing_id, score in answer.hits:
        if page := pages.get(listing_id):
            offers = sorted(page.market_offers, key=lambda o: (o.available <= 0, o.amount_minor))  # type: ignore[attr-defined]
            found.append(Hit(listing=page, offer=offers[0], score=score))
    return found


def _facet(name: str, query: SearchQuery, counts: dict[str, int]) -> list[Facet]:
    """Choices with hits, most first, and those chosen even if they have none left."""
    chosen = set(getattr(query, name))
    counted = {**dict.fromkeys(chosen, 0), **{v: n for v, n in counts.items() if v}}
    order = sorted(counted, key=lambda v: (v not in chosen, -counted[v], v))[:MOST_CHOICES]
    named = labels(name, order, query.language)
    return [
        Facet(value, named.get(value, value), counted[value], value in chosen) for value in order
    ]


def _suggestions(answer: Answer) -> list[tuple[str, int]]:
    counts = [(name, answer.count(f"without:{name}")) for name in FILTERS]
    return sorted([pair for pair in counts if pair[1]], key=lambda pair: -pair[1])


def _corrected(query: SearchQuery, read: Understood, hits: list[Hit]) -> str:
    """The query with mistyped words replaced by how the hits write them."""
    if not read.respelt or not hits:
        return ""
    written = _words_as_written(hits)
    words = []
    for word in query.text.split():
        meant = read.respelt.get(stem(fold(word)), "")
        words.append(written.get(meant, meant) if meant else word)
    return " ".join(words)


def _words_as_written(hits: list[Hit]) -> dict[str, str]:
    texts = [name for hit in hits for name in hit.listing.names.values()]
    words = [word.strip("().,،؛:«»\"'") for text in texts for word in text.split()]
    return {stem(fold(word)): word.lower() for word in reversed(words)}
