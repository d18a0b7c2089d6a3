"""Domain events of listings."""

from typing import ClassVar
from uuid import UUID

from marketplace.core.events import Event


class _ListingEvent(Event):
    aggregate: ClassVar[str] = "listing"

    listing_id: UUID
    revision_id: UUID
    cooperative_id: UUID
    programme_id: UUID


class ListingSubmitted(_ListingEvent):
    """A cooperative submitted a revision for review."""


class ListingReturned(_ListingEvent):
    """Staff returned a revision with a remark."""

    remark: str


class ListingApproved(_ListingEvent):
    """Staff approved a revision; it is about to be written to the engine."""


class ListingPagesChanged(Event):
    """The read model of some listings changed; derived data must be refreshed.

    ``aggregate_id`` is the first listing's id; handlers read the present state, so that neither
    order nor repetition matters.
    """

    aggregate: ClassVar[str] = "listing_page"

    listing_ids: list[UUID]
