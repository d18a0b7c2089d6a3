"""Facts about listings that other rooms may want to hear of."""

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
    """A cooperative asks for a revision to be reviewed."""


class ListingReturned(_ListingEvent):
    """Staff sent a revision back with a remark."""

    remark: str


class ListingApproved(_ListingEvent):
    """Staff approved a revision; it is on its way to the engine."""


class ListingPagesChanged(Event):
    """What the shop shows of some listings changed: whoever derives from it should look again.

    ``aggregate_id`` is the first listing's id; handlers read the present state, so that neither
    order nor repetition matters.
    """

    aggregate: ClassVar[str] = "listing_page"

    listing_ids: list[UUID]
