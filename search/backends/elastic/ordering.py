"""The order of the hits that the server returned, by the same numbers as in PostgreSQL."""

import time
from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from search.backends.elastic.cooperatives import first_published
from search.backends.elastic.sort_order import SortField, sort_field
from search.backends.interface import RankedDocument, SortKey
from search.language.query_plan import SCORE_STEP
from search.query import SearchQuery
from search.ranking.signals import UNRATED, near_signal, signal_scores

Hits = Sequence[Mapping[str, Any]]
# A margin for rounding: the server scores in single precision.
ROUNDING = 1e-4


def ranked(query: SearchQuery, hits: Hits) -> list[RankedDocument]:
    """The documents in order; the text score is the score without the signals."""
    signals = _signals(query, hits)
    scores = np.array([hit["_score"] for hit in hits], dtype=np.float64)
    steps = np.floor((scores - SCORE_STEP * signals) / SCORE_STEP + ROUNDING).astype(int)
    return _ranked(query, hits, signals, steps.tolist())


def ranked_in_step(query: SearchQuery, hits: Hits, step: int) -> list[RankedDocument]:
    """The order of documents that are known to be in one step of text score."""
    return _ranked(query, hits, _signals(query, hits), [step] * len(hits))


def _ranked(
    query: SearchQuery, hits: Hits, signals: NDArray[np.float32], steps: list[int]
) -> list[RankedDocument]:
    first = first_published(hits[0]["_index"]) if hits else {}
    now, field = int(time.time()), sort_field(query)
    found = []
    for hit, step, signal_score in zip(hits, steps, signals.tolist(), strict=True):
        fields = hit["fields"]
        cooperative = fields["cooperatives"][0]
        found.append(
            RankedDocument(
                raw_id=bytes.fromhex(hit["_id"].replace("-", "")),
                cooperative=cooperative,
                sort_key=_sort_key(field, fields, step, round(signal_score, 4)),
                score_step=step,
                signal_score=signal_score,
                # One that the server has not counted yet came just now.
                cooperative_since=first.get(cooperative, now),
            )
        )
    return sorted(found, key=lambda document: document.sort_key)


def _sort_key(
    field: SortField | None, fields: Mapping[str, Sequence[Any]], step: int, signal_score: float
) -> SortKey:
    tie = int(fields["tie"][0])
    if field:
        return (field.key(fields), -step - signal_score / 2, tie)
    return (float(-step), -signal_score, tie)


def _signals(query: SearchQuery, hits: Hits) -> NDArray[np.float32]:
    market, nearness = query.market, dict(query.nearness)
    countries = (hit["fields"].get("countries", ("",))[0] for hit in hits)
    near = [near_signal(country, nearness) for country in countries]

    def column(name: str, kind: type, missing: float = 0) -> NDArray[Any]:
        return np.array([hit["fields"].get(name, (missing,))[0] for hit in hits], dtype=kind)

    return signal_scores(
        near=np.array(near, dtype=np.float32),
        available=column(f"available.{market}", np.uint32),
        sold=column(f"sold.{market}", np.uint32),
        quality=column("quality", np.float32),
        rating=column("rating", np.float32, UNRATED),
        published=column("published", np.int64),
        now=int(time.time()),
    )
