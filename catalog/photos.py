"""Photographs of listings: saved, cleared away, served by address."""

from functools import partial
from typing import IO
from uuid import UUID

from django.core.files.base import ContentFile
from django.db import transaction

from catalog.models import Listing, ListingMedia, ListingPage
from catalog.photo_files import safe_jpeg
from marketplace.core import audit
from marketplace.core.actors import Actor
from marketplace.core.picture_sizes import WIDTHS, kept_name
from vendors.scoping import Crossing


def add_photo(*, listing: Listing, upload: IO[bytes], by: Actor, alt: str = "") -> ListingMedia:
    """Save an uploaded photograph of a listing; raises PhotoRefused."""
    return save_photo(listing=listing, content=safe_jpeg(upload), by=by, alt=alt)


@transaction.atomic
def save_photo(*, listing: Listing, content: bytes, by: Actor, alt: str = "") -> ListingMedia:
    """Save a photograph as ``read_photos`` gave it.

    It is shown once a revision that names it is approved.
    """
    photo = ListingMedia(listing=listing, alt=alt[:160], position=listing.media.count())
    photo.file.save(f"{photo.pk}.jpg", ContentFile(content), save=True)
    audit.record("listing.photo_added", listing, by=by, photo=str(photo.pk))
    return photo


def clear_unnamed(*, listing: Listing) -> None:
    """Delete photographs that no revision names: those left out of a draft before its review."""
    # Asked anew: a listing may carry its revisions as they were before.
    revisions = listing.revisions.order_by("number")
    named = {pk for revision in revisions for pk in revision.proposed.media}
    for photo in listing.media.exclude(pk__in=named):
        photo.delete()
        transaction.on_commit(partial(delete_files, photo))


def delete_files(photo: ListingMedia) -> None:
    """Delete the file of a photograph, and what was made of it in smaller widths."""
    saved = str(photo.file.name)
    for name in (saved, *(kept_name(saved, width) for width in WIDTHS)):
        photo.file.storage.delete(name)


def public_address(photo_id: UUID) -> str:
    """The public address of a published photograph."""
    return f"/media/photos/{photo_id}.jpg"


def published_photo(photo_id: UUID) -> ListingMedia | None:
    """A photograph of a published listing, or None."""
    photo: ListingMedia | None = (
        ListingMedia.objects.crossing(Crossing.PUBLIC_STOREFRONT).filter(pk=photo_id).first()
    )
    if photo is None:
        return None
    page = ListingPage.objects.filter(listing_id=photo.listing_id, is_published=True).first()
    return photo if page and public_address(photo_id) in page.media else None
