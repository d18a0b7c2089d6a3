"""Photographs: re-encoded at upload, served by address."""

import io
from typing import IO
from uuid import UUID

from django.core.files.base import ContentFile
from django.db import transaction
from PIL import Image, ImageOps, UnidentifiedImageError

from catalog.errors import PhotoRefused, PhotoTooLarge, TooManyPhotos
from catalog.models import Listing, ListingMedia, ListingPage
from marketplace.core import audit
from marketplace.core.actors import Actor
from vendors.scoping import Crossing

LARGEST_BYTES = 8 * 1024 * 1024
LARGEST_PIXELS = 40_000_000
SIDE = 1600
MOST_PHOTOS = 8
_FORMATS = ("JPEG", "PNG", "WEBP")


def add_photo(*, listing: Listing, upload: IO[bytes], by: Actor, alt: str = "") -> ListingMedia:
    """Save a photograph of a listing; shown once a revision that names it is approved.

    The picture is encoded anew, so that no metadata of the file (place, camera, owner, hidden data)
    is kept. Raises PhotoTooLarge, PhotoRefused or TooManyPhotos.
    """
    content = safe_jpeg(upload)
    with transaction.atomic():
        count = listing.media.count()
        if count >= MOST_PHOTOS:
            raise TooManyPhotos({"photo": TooManyPhotos.message})
        photo = ListingMedia(listing=listing, alt=alt[:160], position=count)
        photo.file.save(f"{photo.pk}.jpg", ContentFile(content), save=True)
        audit.record("listing.photo_added", listing, by=by, photo=str(photo.pk))
    return photo


def safe_jpeg(upload: IO[bytes]) -> bytes:
    """A JPEG of at most 1600 pixels a side, turned upright, without metadata."""
    data = upload.read(LARGEST_BYTES + 1)
    if len(data) > LARGEST_BYTES:
        raise PhotoTooLarge({"photo": PhotoTooLarge.message})
    try:
        with Image.open(io.BytesIO(data), formats=_FORMATS) as picture:
            if picture.width * picture.height > LARGEST_PIXELS:
                raise PhotoTooLarge({"photo": PhotoTooLarge.message})
            upright = ImageOps.exif_transpose(picture).convert("RGB")
    except (UnidentifiedImageError, OSError, ValueError, SyntaxError) as error:
        raise PhotoRefused({"photo": PhotoRefused.message}) from error
    upright.thumbnail((SIDE, SIDE))
    clean = io.BytesIO()
    upright.save(clean, "JPEG", quality=85, optimize=True)
    return clean.getvalue()


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
