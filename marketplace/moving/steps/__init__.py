"""The steps of a move, in order; each may be repeated, and continues where it stopped."""

from collections.abc import Callable

from marketplace.moving.progress import Course
from marketplace.moving.steps import cooperatives, listings, media, orders, stock

# Stock last: orders bring their allocations with them.
STEPS: tuple[tuple[str, Callable[[Course], None]], ...] = (
    ("cooperatives", cooperatives.move),
    ("listings", listings.move),
    ("media", media.move),
    ("orders", orders.move),
    ("stock", stock.move),
)
