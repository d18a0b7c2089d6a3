"""The score of a product from its stars: careful while there are few, and not ruined by one.

The stars are taken as draws from the buyers' opinions, of which the dated rule holds some before
anything is said (a Dirichlet prior, in reviews' worth of each star). The score is the lower end of
an interval around the mean that follows:

    mean − level × √( variance / (n + prior + 1) )

as E. Miller derives it in "Ranking Items With Star Ratings" (2014). So five perfect reviews do not
go before two hundred good ones, one bad review among five takes less than half a star (from a plain
mean it takes two thirds), and the score rises to the mean as reviews come in.
"""

import math
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path

from django.utils import timezone

from marketplace.core.dated import Row, needed_rule_on, read_rules, span_of

RULES_FILE = Path(__file__).parent / "data" / "score_rules.csv"
STARS = (1, 2, 3, 4, 5)

# Stars → number of reviews.
Counts = Mapping[int, int]


@dataclass(frozen=True)
class ScoreRule:
    """From how many reviews on a score is shown, the prior by stars, and the interval's width."""

    valid_from: date
    valid_to: date | None
    fewest: int
    prior: tuple[float, ...]
    level: float


def score_of(counts: Counts, *, on: date | None = None) -> int | None:
    """The score in hundredths of a star; None with fewer reviews than the rule of the day wants."""
    rule = score_rule(on)
    if sum(counts.values()) < rule.fewest:
        return None
    return round(100 * lower_bound(counts, rule))


def lower_bound(counts: Counts, rule: ScoreRule) -> float:
    """The lower end of the interval, in stars."""
    weights = [counts.get(stars, 0) + prior for stars, prior in zip(STARS, rule.prior, strict=True)]
    total = sum(weights)
    mean = sum(stars * weight for stars, weight in zip(STARS, weights, strict=True)) / total
    squares = sum(stars**2 * weight for stars, weight in zip(STARS, weights, strict=True)) / total
    variance = max(squares - mean**2, 0.0)
    return mean - rule.level * math.sqrt(variance / (total + 1))


def score_rule(on: date | None = None) -> ScoreRule:
    """The rule of a day (today by default)."""
    return needed_rule_on(_rules(), on or timezone.now().date())


@cache
def _rules() -> tuple[ScoreRule, ...]:
    return read_rules(RULES_FILE, _rule)


def _rule(row: Row) -> ScoreRule:
    fewest, level = int(row["fewest"]), float(row["level"])
    prior = tuple(float(row[f"prior_{stars}"]) for stars in STARS)
    if fewest < 1 or level < 0 or min(prior) <= 0 or not row["source"].strip():
        raise ValueError("a number or the source is missing or wrong")
    return ScoreRule(*span_of(row), fewest, prior, level)
