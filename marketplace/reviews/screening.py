"""Which reviews a rule leaves to a person before the shop shows them.

A help against the usual cases and no proof: readers report the others.
"""

import re
from collections.abc import Iterable

from marketplace.conversations.masking import masked
from marketplace.reviews.models import HeldFor

# Fewer letters than these may all be capitals, and of more at most this share.
FEWEST_LETTERS = 20
MOST_CAPITALS = 0.6
_REPEATED = re.compile(r"(\S)\1{5,}|[!?؟]{4,}")


def reasons_to_hold(texts: Iterable[str], *, countries: Iterable[str]) -> list[str]:
    """Why a person is to look at it first; empty when nobody needs to.

    National telephone numbers are those of the countries.
    """
    written, where = "\n".join(texts), list(countries)
    found = []
    if masked(written, countries=where) != written:
        found.append(HeldFor.ADDRESS)
    if _is_shouting(written):
        found.append(HeldFor.SHOUTING)
    if _REPEATED.search(written):
        found.append(HeldFor.REPEATS)
    return [str(reason) for reason in found]


def _is_shouting(text: str) -> bool:
    """Whether most letters are capitals; Arabic has none."""
    letters = [sign for sign in text if sign.isalpha() and sign.lower() != sign.upper()]
    capitals = sum(1 for sign in letters if sign.isupper())
    return len(letters) >= FEWEST_LETTERS and capitals > MOST_CAPITALS * len(letters)
