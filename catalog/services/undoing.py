"""Undoing the import of a file: what it made and nobody has changed or approved is deleted."""

from typing import Any

from django.db import transaction

from catalog.errors import ImportRunning
from catalog.imported_photos import forget_photos
from catalog.models import Listing, ListingMedia, ListingRevision, ProductFile, ProductFileState
from catalog.queries.product_files import locked_file
from marketplace.core import audit
from marketplace.core.actors import Actor
from marketplace.core.models import AuditEntry


@transaction.atomic
def undo_import(*, file: ProductFile, by: Actor) -> int:
    """Delete the listings that the import made and nobody has changed or approved; how many.

    Raises ImportRunning while it goes on.
    """
    if locked_file(file).is_under_way:
        raise ImportRunning
    untouched = list(undoable(file).values_list("pk", flat=True))
    scope = file.cooperative.scope
    forget_photos(ListingMedia.objects.within(scope).filter(listing_id__in=untouched))
    Listing.objects.within(scope).filter(pk__in=untouched).delete()
    file.state = ProductFileState.UNDONE
    file.save(update_fields=["state"])
    audit.record("product_file.undone", file, by=by, listings=len(untouched))
    return len(untouched)


def undoable(file: ProductFile) -> Any:
    """The listings of the import that were neither approved nor changed since."""
    scope = file.cooperative.scope
    ours = Listing.objects.within(scope).filter(source=file, status="draft")
    decided = ListingRevision.objects.within(scope).filter(listing__source=file)
    decided = decided.exclude(number=1, state__in=("draft", "submitted", "returned"))
    changed = _changed(file)
    return ours.exclude(pk__in=decided.values("listing_id")).exclude(pk__in=changed)


def _changed(file: ProductFile) -> list[Any]:
    """Listings whose content somebody saved after the import."""
    revisions = ListingRevision.objects.within(file.cooperative.scope).filter(listing__source=file)
    listing_of = {str(pk): listing for pk, listing in revisions.values_list("pk", "listing_id")}
    saved = AuditEntry.objects.filter(
        subject_type="catalog.listingrevision", subject_id__in=list(listing_of)
    ).exclude(action="revision.submitted")
    return [listing_of[pk] for pk in saved.values_list("subject_id", flat=True)]
