"""Undoing the import of a file: what it made and nobody has changed or approved is deleted."""

from typing import Any

from django.db import transaction
from django.db.models import CharField, Exists, OuterRef, Q, QuerySet
from django.db.models.functions import Cast

from catalog.errors import ImportRunning, NothingToUndo
from catalog.imported_photos import forget_photos
from catalog.models import Listing, ListingMedia, ListingRevision, ProductFile, ProductFileState
from catalog.queries.product_files import locked_file
from marketplace.core import audit
from marketplace.core.actors import Actor
from marketplace.core.models import AuditEntry

_UNDECIDED = ("draft", "submitted", "returned")


@transaction.atomic
def undo_import(*, file: ProductFile, by: Actor) -> int:
    """Delete the listings that the import made and nobody has changed or approved; how many.

    Raises ImportRunning while it goes on, NothingToUndo when there is none of them.
    """
    if locked_file(file).is_under_way:
        raise ImportRunning
    untouched = _locked(file)
    if not untouched:
        raise NothingToUndo
    scope = file.cooperative.scope
    forget_photos(ListingMedia.objects.within(scope).filter(listing_id__in=untouched))
    Listing.objects.within(scope).filter(pk__in=untouched).delete()
    file.state = ProductFileState.UNDONE
    file.save(update_fields=["state"])
    audit.record("product_file.undone", file, by=by, listings=len(untouched))
    return len(untouched)


def can_undo(file: ProductFile) -> bool:
    """Whether undoing the import would delete something now."""
    return not file.is_under_way and bool(undoable(file).exists())


def undoable(file: ProductFile) -> QuerySet[Listing]:
    """The listings of the import that were neither approved nor changed since."""
    ours = Listing.objects.within(file.cooperative.scope).filter(source=file, status="draft")
    revisions = ListingRevision.objects.within(file.cooperative.scope)
    later = revisions.filter(listing=OuterRef("pk")).filter(_is_decided() | _is_changed())
    found: QuerySet[Listing] = ours.exclude(Exists(later))
    return found


def _locked(file: ProductFile) -> list[Any]:
    """The ids of the undoable listings, which nobody else can save or decide any more.

    Whoever saves or decides one at this moment is waited for: what they did is seen thereafter.
    A listing is locked before its revision, as by whoever saves it.
    """
    scope = file.cooperative.scope
    found = undoable(file).order_by("pk").values_list("pk", flat=True)
    ours = list(found.select_for_update(of=("self",)))
    revisions = ListingRevision.objects.within(scope).filter(listing_id__in=ours)
    locked = revisions.order_by("pk").select_for_update(of=("self",))
    list(locked.values_list("pk", flat=True))
    return list(undoable(file).filter(pk__in=ours).values_list("pk", flat=True))


def _is_decided() -> Q:
    return ~Q(number=1, state__in=_UNDECIDED)


def _is_changed() -> Exists:
    """Whether somebody saved the content of a revision after the import."""
    saved = AuditEntry.objects.filter(
        subject_type="catalog.listingrevision",
        subject_id=Cast(OuterRef("pk"), CharField()),
    )
    return Exists(saved.exclude(action="revision.submitted"))
