"""Photographs of an approved revision in the engine: exactly those that it names."""

import io
from typing import TYPE_CHECKING, cast

from catalog.content import RevisionContent
from catalog.models import Listing, ListingMedia
from marketplace.saleor import ids
from marketplace.saleor.answers import accepted
from marketplace.saleor.client import SaleorClient
from marketplace.saleor.client.base_model import Upload

if TYPE_CHECKING:
    from marketplace.core.files import MediaStorage


def write_media(
    client: SaleorClient, product_id: str, listing: Listing, content: RevisionContent
) -> None:
    """Upload missing photographs, remove those no longer named, put them in order; idempotent.

    A picture whose upload was interrupted before we learned its id is unknown to us, and removed;
    unknown pictures of a product that the store already had are the store's, and stay.
    """
    photos = {photo.pk: photo for photo in listing.media.all()}
    wanted = [photos[photo_id] for photo_id in content.media if photo_id in photos]
    product = client.product_by_id(product_id).product
    rows = sorted((product.media if product else None) or [], key=lambda row: row.sort_order or 0)
    known = ids.our_ids(ids.MEDIA, [row.id for row in rows])
    named = {photo.pk for photo in wanted}
    present = []
    for row in rows:
        is_the_stores = listing.is_from_store and known.get(row.id) not in photos
        if known.get(row.id) not in named and not is_the_stores:
            accepted(client.delete_product_media(row.id).product_media_delete)
        else:
            present.append(row.id)
    for photo in wanted:
        is_there = photo.pk in known.values()
        if not is_there and (media_id := _upload(client, product_id, photo, content)):
            known[media_id] = photo.pk
            present.append(media_id)
    places = {photo.pk: place for place, photo in enumerate(wanted)}
    # The named photographs as they are named, and after them pictures of the store's own.
    place_of = {key: places.get(photo_id, len(places)) for key, photo_id in known.items()}
    ordered = sorted(present, key=lambda key: place_of.get(key, len(places)))
    if ordered != present:
        accepted(client.reorder_product_media(product_id, ordered).product_media_reorder)


def _upload(
    client: SaleorClient, product_id: str, photo: ListingMedia, content: RevisionContent
) -> str | None:
    """Upload a photograph; the engine's id of it, if it tells one."""
    alt = (photo.alt or content.base_text().name)[:160]
    storage = photo.file.storage
    if address := cast("MediaStorage", storage).address_for_engine(str(photo.file.name)):
        answer = client.create_product_media(product_id, media_url=address, alt=alt)
    else:
        with photo.file.open("rb") as file:
            image = Upload(f"{photo.pk}.jpg", io.BytesIO(file.read()), "image/jpeg")
        answer = client.create_product_media(product_id, image=image, alt=alt)
    made = accepted(answer.product_media_create)
    if made.media is None:
        return None
    ids.link(ids.MEDIA, photo.pk, made.media.id)
    return made.media.id
