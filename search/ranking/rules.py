"""The fairness rule in force."""

import time
from dataclasses import dataclass

from search.models import RankingRule

_FRESH_SECONDS = 5.0
_DAY_SECONDS = 86_400


@dataclass(frozen=True)
class Rule:
    """Limits the listings of one cooperative on a page, and gives new cooperatives a place.

    A page has at most ``max_per_cooperative`` listings of a cooperative while others match as
    well. The best listing of a cooperative that is new (its first listing came at most
    ``new_cooperative_days`` ago) is lifted to place ``new_cooperative_position`` of the first
    page if it matches as well as the listing there. 0 switches a limit off.
    """

    max_per_cooperative: int = 4
    new_cooperative_days: int = 90
    new_cooperative_position: int = 6

    def new_since(self) -> int:
        """A cooperative is new whose first listing came after this moment (Unix seconds)."""
        return int(time.time()) - self.new_cooperative_days * _DAY_SECONDS


NO_RULE = Rule(0, 0, 0)

_cached: tuple[float, Rule] = (0.0, Rule())


def ranking_rule(*, fresh: bool = False) -> Rule:
    """The rule as staff set it, at most five seconds old."""
    global _cached  # noqa: PLW0603 -- one small value a process
    if fresh or time.monotonic() - _cached[0] > _FRESH_SECONDS:
        row = RankingRule.objects.first()
        _cached = (time.monotonic(), _rule_of(row) if row else Rule())
    return _cached[1]


def _rule_of(row: RankingRule) -> Rule:
    return Rule(
        max_per_cooperative=row.max_per_cooperative,
        new_cooperative_days=row.new_cooperative_days,
        new_cooperative_position=row.new_cooperative_position,
    )
