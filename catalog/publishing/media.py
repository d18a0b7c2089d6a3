"""Photographs of an approved revision in the engine: exactly those that it names."""

import io
from uuid import UUID

from catalog.content import RevisionContent
from catalog.models import Listing, ListingMedia
from marketplace.saleor import ids
from marketplace.saleor.answers import accepted
from marketplace.saleor.client import SaleorClient
from marketplace.saleor.client.base_model import Upload


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
    present = {media.id for media in (product.media if product else None) or []}
    known = ids.our_ids(ids.MEDIA, present)
    named = {photo.pk for photo in wanted}
    for media_id in present:
        is_the_stores = listing.is_from_store and known.get(media_id) not in photos
        if known.get(media_id) not in named and not is_the_stores:
            accepted(client.delete_product_media(media_id).product_media_delete)
    for photo in wanted:
        if photo.pk not in known.values():
            _upload(client, product_id, photo, content)
    _put_in_order(client, product_id, [photo.pk for photo in wanted])


def _put_in_order(client: SaleorClient, product_id: str, wanted: list[UUID]) -> None:
    """The named photographs first, as they are named; a picture of the store's own after them."""
    product = client.product_by_id(product_id).product
    rows = sorted((product.media if product else None) or [], key=lambda row: row.sort_order or 0)
    present = [row.id for row in rows]
    ours = ids.our_ids(ids.MEDIA, present)
    places = {photo_id: place for place, photo_id in enumerate(wanted)}
    place_of = {key: places.get(photo_id, len(places)) for key, photo_id in ours.items()}
    ordered = sorted(present, key=lambda key: place_of.get(key, len(places)))
    if ordered != present:
        accepted(client.reorder_product_media(product_id, ordered).product_media_reorder)


def _upload(
    client: SaleorClient, product_id: str, photo: ListingMedia, content: RevisionContent
) -> None:
    with photo.file.open("rb") as file:
        image = Upload(f"{photo.pk}.jpg", io.BytesIO(file.read()), "image/jpeg")
    alt = (photo.alt or content.base_text().name)[:160]
    made = accepted(
        client.create_product_media(product_id, image=image, alt=alt).product_media_create
    )
    if made.media:
        ids.link(ids.MEDIA, photo.pk, made.media.id)
