"""Saving a member's form: texts, prices, photographs."""

from collections.abc import Iterable, Sequence
from uuid import UUID

from django.db import transaction

from catalog.content import RevisionContent
from catalog.errors import ListingNotFound
from catalog.models import Listing, ListingRevision
from catalog.photos import clear_unnamed, save_photo
from catalog.services.revisions import save_draft, start_listing
from marketplace.core.actors import Actor
from marketplace.core.files import full_disk_refused, undone_together
from marketplace.core.versions import require_version


@transaction.atomic
def propose(
    *,
    cooperative_id: UUID,
    listing: Listing | None,
    content: RevisionContent,
    quantity: int,
    photos: Iterable[bytes],
    by: Actor,
    keep: Sequence[UUID] = (),
    version: str | None = None,
) -> ListingRevision:
    """Save a draft of a new listing, or of a change to ``listing``, with new photographs.

    ``photos`` are as ``read_photos`` gave them; ``keep`` names the existing ones that stay. Raises
    DiskFull, and keeps nothing then; ChangedMeanwhile unless the newest content still has the
    ``version`` that was read; ListingNotFound if it was deleted meanwhile.
    """
    if listing is not None:
        rows = Listing.objects.within(listing.cooperative.scope).select_for_update()
        if not rows.filter(pk=listing.pk).first():
            raise ListingNotFound
        newest = listing.revisions.order_by("-number").first()
        require_version(version, newest.content if newest else {})
    if listing is None:
        revision = start_listing(
            cooperative_id=cooperative_id, content=content, quantity=quantity, by=by
        )
        listing = revision.listing
    with full_disk_refused(), undone_together():
        added = [save_photo(listing=listing, content=photo, by=by).pk for photo in photos]
        ours = set(listing.media.values_list("pk", flat=True))
        media = [photo_id for photo_id in keep if photo_id in ours] + added
        proposed = content.model_copy(update={"media": media, "quantity": quantity})
        revision = save_draft(listing=listing, content=proposed, by=by)
    clear_unnamed(listing=listing)
    return revision
