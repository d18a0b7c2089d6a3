"""Events of reviews; the aggregate is the review."""

from typing import ClassVar

from marketplace.core.events import Event


class ReviewShown(Event):
    """The shop shows a review for the first time, or after its author changed it."""

    aggregate: ClassVar[str] = "review"

    is_new: bool
    was_held: bool


class ReviewAnswered(Event):
    """The cooperative, or an adviser for it, answered."""

    aggregate: ClassVar[str] = "review"


class ReviewHidden(Event):
    """Staff hid it; the review says why."""

    aggregate: ClassVar[str] = "review"


class ReviewRestored(Event):
    """Staff show again what they had hidden."""

    aggregate: ClassVar[str] = "review"
