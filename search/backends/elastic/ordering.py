"""The order of documents that the server found, by the same numbers as in PostgreSQL."""

import time
from typing import Any
from uuid import UUID

import numpy as np
from numpy.typing import NDArray

from search.backends.elastic import asking
from search.backends.elastic.makers import first_published
from search.backends.interface import Ranked
from search.language.query_plan import STEP
from search.new_cooperatives import new_since
from search.query import SearchQuery, Sort
from search.ranking.signals import extra

Hits = list[Any]


def ordered(query: SearchQuery, hits: Hits) -> list[Ranked]:
    """The documents in order; their text's worth is the score without the signals."""
    extras = _extras(query.market, hits)
    scores = np.array([hit["_score"] for hit in hits], dtype=np.float64)
    steps = np.floor((scores - STEP * extras) / STEP + 1e-4).astype(int)
    return _ranked(query, hits, extras, steps.tolist())


def same_step(query: SearchQuery, hits: Hits, step: int) -> list[Ranked]:
    """Documents known to have the same worth of text."""
    return _ranked(query, hits, _extras(query.market, hits), [step] * len(hits))


def _ranked(
    query: SearchQuery, hits: Hits, extras: NDArray[np.float32], steps: list[int]
) -> list[Ranked]:
    since = first_published(hits[0]["_index"]) if hits else {}
    newest = new_since()
    made = []
    for hit, step, signals in zip(hits, steps, extras.tolist(), strict=True):
        fields = hit["fields"]
        maker = fields["cooperatives"][0]
        made.append(
            Ranked(
                raw_id=UUID(hit["_id"]).bytes,
                cooperative=maker,
                place=_place(query, fields, step, round(signals, 4)),
                step=step,
                extra=signals,
                is_new_maker=since.get(maker, newest) >= newest,
            )
        )
    return sorted(made, key=lambda one: one.place)


def _place(
    query: SearchQuery, fields: dict[str, list[Any]], step: int, signals: float
) -> tuple[float, float, int]:
    tie = int(fields["tie"][0])
    if asking.is_by_relevance(query):
        return (float(-step), -signals, tie)
    amount = float(fields[f"amount.{query.market}"][0])
    keys = {
        Sort.NEWEST: -float(fields["published"][0]),
        Sort.CHEAPEST: amount,
        Sort.DEAREST: -amount,
    }
    key = next(value for name, value in keys.items() if name == query.sort)
    return (key, -step - signals / 2, tie)


def _extras(market: str, hits: Hits) -> NDArray[np.float32]:
    def column(name: str, kind: type) -> NDArray[Any]:
        return np.array([hit["fields"].get(name, (0,))[0] for hit in hits], dtype=kind)

    return extra(
        available=column(f"available.{market}", np.uint32),
        sold=column(f"sold.{market}", np.uint32),
        quality=column("quality", np.float32),
        published=column("published", np.int64),
        now=int(time.time()),
    )
