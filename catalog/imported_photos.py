"""Photographs that come with a table: their ids follow from their row, so that none comes twice.

A worker that is killed between a file and its row leaves the file behind; the next attempt gives
the photograph the same name, and replaces it.
"""

from collections.abc import Iterable, Sequence
from functools import partial
from hashlib import sha256
from uuid import UUID, uuid5

from django.core.files.base import ContentFile
from django.db import transaction

from catalog.models import Listing, ListingMedia, ListingRevision
from catalog.photos import delete_files


def name_photos(revision: ListingRevision, pictures: Sequence[bytes]) -> None:
    """Let the content of a new revision name its pictures."""
    revision.content["media"] = [str(pk) for pk in _named(revision.listing, pictures)]


def save_photos(rows: Iterable[tuple[Listing, Sequence[bytes]]]) -> None:
    """Save the pictures of new listings, each as JPEG; inside a transaction."""
    photos = []
    for listing, pictures in rows:
        for position, (pk, content) in enumerate(_named(listing, pictures).items()):
            photo = ListingMedia(pk=pk, listing=listing, position=position)
            name = f"{pk}.jpg"
            left_behind = photo.file.field.generate_filename(photo, name)
            if photo.file.storage.exists(left_behind):
                photo.file.storage.delete(left_behind)
            photo.file.save(name, ContentFile(content), save=False)
            photos.append(photo)
    ListingMedia.objects.create_all(photos)


def forget_photos(photos: Iterable[ListingMedia]) -> None:
    """Delete the files of photographs whose rows are deleted, once that is certain."""
    for photo in list(photos):
        transaction.on_commit(partial(delete_files, photo))


def _named(listing: Listing, pictures: Sequence[bytes]) -> dict[UUID, bytes]:
    """Pictures by their ids; the same picture twice is one."""
    found = {}
    for content in pictures:
        name = f"{listing.import_key or listing.pk}/{sha256(content).hexdigest()}"
        found[uuid5(listing.cooperative_id, name)] = content
    return found
