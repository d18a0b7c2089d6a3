"""Photographs of an approved revision in the engine: exactly those that it names."""

import io

from catalog.content import RevisionContent
from catalog.models import Listing, ListingMedia
from marketplace.saleor import ids
from marketplace.saleor.answers import accepted
from marketplace.saleor.client import SaleorClient
from marketplace.saleor.client.base_model import Upload


def write_media(
    client: SaleorClient, product_id: str, listing: Listing, content: RevisionContent
) -> None:
    """Upload missing photographs, remove those no longer named; idempotent.

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
