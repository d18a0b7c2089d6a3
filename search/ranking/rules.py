"""The rule of fairness in force."""

import time
from dataclasses import dataclass

from search.models import RankingRule

_FRESH_SECONDS = 5.0


@dataclass(frozen=True)
class Rule:
    """No more than ``most_of_one_maker`` listings of a cooperative on a page while others fit as

    well; the best listing of a cooperative that is new (``new_maker_days``) is lifted to place
    ``new_maker_place`` of the first page if it fits as well as what stands there. 0 switches off.
    """

    most_of_one_maker: int = 4
    new_maker_days: int = 90
    new_maker_place: int = 6


_known: tuple[float, Rule] = (0.0, Rule())


def ranking_rule(*, fresh: bool = False) -> Rule:
    """The rule as staff set it, at most five seconds old."""
    global _known  # noqa: PLW0603 -- one small value a process
    if fresh or time.monotonic() - _known[0] > _FRESH_SECONDS:
        row = RankingRule.objects.first()
        rule = (
            Rule(row.most_of_one_maker, row.new_maker_days, row.new_maker_place) if row else Rule()
        )
        _known = (time.monotonic(), rule)
    return _known[1]
