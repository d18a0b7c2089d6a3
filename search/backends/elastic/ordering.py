"""The order of the hits that the server returned, by the same numbers as in PostgreSQL."""

import time
from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from search.backends.elastic.cooperatives import first_published
from search.backends.elastic.sort_order import SortField, sort_field
from search.backends.interface import Ranked
from search.language.query_plan import STEP
from search.new_cooperatives import new_since
from search.query import SearchQuery
from search.ranking.signals import extra

Hits = Sequence[Mapping[str, Any]]
# A margin for rounding: the server scores in single precision.
ROUNDING = 1e-4


def ranked(query: SearchQuery, hits: Hits) -> list[Ranked]:
    """The documents in order; the text score is the score without the signals."""
    extras = _extras(query.market, hits)
    scores = np.array([hit["_score"] for hit in hits], dtype=np.float64)
    steps = np.floor((scores - STEP * extras) / STEP + ROUNDING).astype(int)
    return _ranked(query, hits, extras, steps.tolist())


def ranked_in_step(query: SearchQuery, hits: Hits, step: int) -> list[Ranked]:
    """The order of documents that are known to be in one step of text score."""
    return _ranked(query, hits, _extras(query.market, hits), [step] * len(hits))


def _ranked(
    query: SearchQuery, hits: Hits, extras: NDArray[np.float32], steps: list[int]
) -> list[Ranked]:
    first = first_published(hits[0]["_index"]) if hits else {}
    newest, field = new_since(), sort_field(query)
    found = []
    for hit, step, signals in zip(hits, steps, extras.tolist(), strict=True):
        fields = hit["fields"]
        cooperative = fields["cooperatives"][0]
        found.append(
            Ranked(
                raw_id=bytes.fromhex(hit["_id"].replace("-", "")),
                cooperative=cooperative,
                place=_place(field, fields, step, round(signals, 4)),
                step=step,
                extra=signals,
                is_new_maker=first.get(cooperative, newest) >= newest,
            )
        )
    return sorted(found, key=lambda one: one.place)


def _place(
    field: SortField | None, fields: Mapping[str, Sequence[Any]], step: int, signals: float
) -> tuple[float, float, int]:
    tie = int(fields["tie"][0])
    if field:
        return (field.key(fields), -step - signals / 2, tie)
    return (float(-step), -signals, tie)


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
