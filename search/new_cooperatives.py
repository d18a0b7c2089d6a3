"""Which cooperatives count as new."""

import time

from search.ranking.rules import ranking_rule

_DAY = 86_400


def new_since() -> int:
    """A cooperative is new whose first listing came after this moment (seconds)."""
    return int(time.time()) - ranking_rule().new_maker_days * _DAY
