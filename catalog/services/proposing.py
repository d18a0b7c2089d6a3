"""Saving a member's form: texts, prices, photographs."""

from collections.abc import Iterable, Sequence
from typing import IO
from uuid import UUID

from django.db import transaction

from catalog.content import RevisionContent
from catalog.models import Listing, ListingRevision
from catalog.photos import add_photo
from catalog.services.revisions import save_draft, start_listing
from marketplace.core.actors import Actor


@transaction.atomic
def propose(
    *,
    cooperative_id: UUID,
    listing: Listing | None,
    content: RevisionContent,
    quantity: int,
    photos: Iterable[IO[bytes]],
    by: Actor,
    keep: Sequence[UUID] = (),
) -> ListingRevision:
    """Save a draft of a new listing, or of a change to ``listing``, with new photographs.

    ``keep`` names the existing photographs that stay. Raises PhotoRefused (then nothing is saved).
    """
    if listing is None:
        revision = start_listing(
            cooperative_id=cooperative_id, content=content, quantity=quantity, by=by
        )
        listing = revision.listing
    added = [add_photo(listing=listing, upload=upload, by=by).pk for upload in photos]
    ours = set(listing.media.values_list("pk", flat=True))
    media = [photo_id for photo_id in keep if photo_id in ours] + added
    proposed = content.model_copy(update={"media": media, "quantity": quantity})
    return save_draft(listing=listing, content=proposed, by=by)
