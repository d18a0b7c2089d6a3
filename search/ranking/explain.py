"""Why a listing ranks where it does: the parts of its score."""

from collections.abc import Sequence
from dataclasses import dataclass

from search.indexing.document_builder import build_documents
from search.indexing.documents import ABOUT, KIND, NAME, TEXT, Document
from search.language.query_plan import FIELD_WEIGHTS, Alternative, TermGroup
from search.query import SearchQuery
from search.results import Hit
from search.search import search_with_plan

_FIELDS = (
    ("name", sum(NAME.values())),
    ("kind", sum(KIND.values())),
    ("about", ABOUT),
    ("text", TEXT),
)


@dataclass(frozen=True)
class Reason:
    """How a listing matches a word of the query, typed as ``text``.

    ``spelling`` is the listing's own word, ``factor`` how well it stands for the typed one (1 the
    same word), ``fields`` where it occurs: name, kind, about, text. Empty if the listing lacks it.
    """

    text: str
    spelling: str
    factor: float
    fields: tuple[str, ...]
    score: float


@dataclass(frozen=True)
class Explanation:
    """A hit with the reasons for its score: its words, and the signals beside them."""

    hit: Hit
    reasons: tuple[Reason, ...]
    available: int
    quality: float
    sold: int


def explain_hits(text: str, *, language: str, market: str, count: int = 10) -> list[Explanation]:
    """The first hits of a query, each with its reasons."""
    query = SearchQuery(text=text, language=language, market=market, page_size=count)
    plan, results = search_with_plan(query)
    documents = {
        document.listing_id: document
        for document in build_documents([hit.listing.pk for hit in results.hits])
    }
    return [
        _explain(hit, documents[hit.listing.pk], plan.groups, market)
        for hit in results.hits
        if hit.listing.pk in documents
    ]


def _explain(hit: Hit, document: Document, groups: Sequence[TermGroup], market: str) -> Explanation:
    price = document.prices.get(market)
    return Explanation(
        hit,
        tuple(_reason(group, document.words) for group in groups),
        available=price.available if price else 0,
        quality=document.quality,
        sold=document.sold.get(market, 0),
    )


def _reason(group: TermGroup, words: dict[str, int]) -> Reason:
    reasons = [reason for each in group.alternatives if (reason := _match(group.text, each, words))]
    lacking = Reason(group.text, "", 0.0, (), 0.0)
    return max(reasons, key=lambda reason: reason.score, default=lacking)


def _match(text: str, alternative: Alternative, words: dict[str, int]) -> Reason | None:
    """How a document matches an alternative; None if it lacks a term of it."""
    spellings, factors, fields, score = [], [], 0, 0.0
    for term in alternative.terms:
        fits = [
            (factor * FIELD_WEIGHTS[words[stem]], stem, factor)
            for stem, factor in term.spellings
            if stem in words
        ]
        if not fits:
            return None
        best, stem, factor = max(fits)
        spellings.append(stem)
        factors.append(factor)
        fields |= words[stem]
        score += best / len(alternative.terms)
    return Reason(
        text,
        " ".join(spellings),
        round(min(factors) * alternative.factor, 2),
        tuple(name for name, bits in _FIELDS if fields & bits),
        round(score * alternative.factor, 2),
    )
