"""Ranking signals, which decide among listings whose text matches as well.

They are availability, nearness, sales, completeness, age and reviews, each 0 to 1. Their weighted
mean, 0 to 1, decides only among listings in one step of text score. By the weights what is in stock
comes before what is sold out, and in each of both what comes from the buyer's own country before
what comes from far away. Reviews are the weakest of them.
"""

import math
from collections.abc import Mapping

import numpy as np
from numpy.typing import NDArray

WEIGHTS = {
    "available": 0.5, "near": 0.3, "sales": 0.078, "quality": 0.062, "fresh": 0.045,
    "rating": 0.015,
}  # fmt: skip
# What nobody has reviewed ranks like what has four stars: a new listing is not put back.
UNRATED = 0.75
# A listing counts as half as fresh after so many days.
HALF_FRESH_DAYS = 120
# More pieces sold than these do not raise the signal.
MANY_SOLD = 200
# Seconds.
DAY = 86_400

Floats = NDArray[np.float32]


def sales_signal(sold: int) -> float:
    """The signal of so many pieces sold, damped."""
    return min(math.log1p(sold) / math.log1p(MANY_SOLD), 1.0)


def rating_signal(score: int | None) -> float:
    """The signal of a score in hundredths of a star, 0 to 1."""
    return UNRATED if score is None else (score - 100) / 400


def near_signal(country: str, nearness: Mapping[str, float]) -> float:
    """How near a country is to the buyer; all are as near where nothing is known."""
    return nearness.get(country, 0.0) if nearness else 1.0


def signal_scores(
    *,
    near: Floats,
    available: NDArray[np.uint16],
    sold: NDArray[np.uint16],
    quality: Floats,
    rating: Floats,
    published: NDArray[np.int64],
    now: int,
) -> Floats:
    """The weighted signals of documents. ``now`` is in Unix seconds; age counts in whole days."""
    days = np.maximum(now // DAY - published // DAY, 0)
    signals = {
        "available": (available > 0).astype(np.float32),
        "near": near,
        "sales": np.minimum(np.log1p(sold) / np.log1p(MANY_SOLD), 1.0),
        "quality": quality,
        "rating": rating,
        "fresh": np.exp2(-days / HALF_FRESH_DAYS),
    }
    total = np.zeros(len(published), dtype=np.float32)
    for name, signal in signals.items():
        total += np.float32(WEIGHTS[name]) * signal
    return total
