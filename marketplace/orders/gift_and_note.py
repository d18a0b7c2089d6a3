"""What a buyer adds to an order: words for whom it is given to, and a note to the cooperatives.

Both are kept with our checkout and order, encrypted, and never given to the engine. They are read
out to others: the gift message in the mail to the buyer, whose address anybody may have typed.
"""

from dataclasses import dataclass

from marketplace.core.person_names import has_an_address
from marketplace.core.plain_text import plain_text
from marketplace.orders.gift_errors import TextRefused

LONGEST = 300
MOST_LINES = 8


@dataclass(frozen=True)
class GiftAndNote:
    """What was added; ``hides_prices``: nothing in the parcel says what it cost."""

    gift_message: str = ""
    hides_prices: bool = False
    note: str = ""


def clean_text(text: str) -> str:
    """A gift message or a note as it is kept.

    Raises TextRefused for one that is too long or has a web or e-mail address.
    """
    found = plain_text(text)
    if (
        len(found) > LONGEST
        or found.count("\n") >= MOST_LINES
        or any(has_an_address(line) for line in found.split("\n"))
    ):
        raise TextRefused(longest=LONGEST, lines=MOST_LINES)
    return found
