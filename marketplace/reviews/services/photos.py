"""The photographs of a review: saved with it, and their files taken away when they are."""

from collections.abc import Sequence
from functools import partial

from django.core.files.base import ContentFile
from django.db import transaction

from marketplace.core.picture_sizes import WIDTHS, kept_name
from marketplace.reviews.models import Review, ReviewPhoto

MOST_PHOTOS = 4


def save_photos(review: Review, photos: Sequence[bytes]) -> None:
    """Save photographs, JPEG as ``catalog.photo_files`` makes them, within a transaction."""
    for position, content in enumerate(photos[:MOST_PHOTOS]):
        photo = ReviewPhoto(review=review, position=position)
        photo.file.save(f"{photo.pk}.jpg", ContentFile(content), save=False)
        photo.save(force_insert=True)


def delete_photos(review: Review) -> None:
    """Take all of them away; the files go with the commit."""
    for photo in review.photos.all():
        storage, name = photo.file.storage, str(photo.file.name)
        photo.delete()
        for each in (name, *(kept_name(name, width) for width in WIDTHS)):
            transaction.on_commit(partial(storage.delete, each))
