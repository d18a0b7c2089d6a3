"""One drawing for each listing, wherever it is shown."""

from uuid import UUID


def drawing_seed(listing_id: UUID) -> str:
    """The seed of a listing's drawing: of its id alone, so that it never changes."""
    return listing_id.hex[:8]
