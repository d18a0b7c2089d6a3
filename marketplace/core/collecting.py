"""How often Python looks for circles of objects that nobody holds any more.

It looks after each 700 objects that are new, and now and then among all there are. A start makes
a million of them that stay, so it spends a fifth of its processor time looking in vain.
"""

import gc

# Objects until the youngest are looked at, and how many such looks until the older ones are.
YOUNGEST, MIDDLE, OLDEST = 50_000, 20, 20


def collect_seldom() -> None:
    """Look for such circles less often, from the start of a process."""
    gc.set_threshold(YOUNGEST, MIDDLE, OLDEST)


def keep_loaded() -> None:
    """What is loaded by now stays until the end: never look at it again."""
    gc.freeze()
