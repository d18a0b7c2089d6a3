"""Copies of the store's pictures of a product for our pages; the store's own stay as they are."""

import io
import logging
from uuid import UUID

import httpx
from django.core.files.base import ContentFile

from catalog.adoption.store import StoreProduct
from catalog.errors import PhotoRefused
from catalog.models import Listing, ListingMedia
from catalog.photo_files import LARGEST_BYTES, MOST_PHOTOS, safe_jpeg
from marketplace.saleor import ids
from marketplace.saleor.client import ProductMediaType
from marketplace.saleor.client.fragments import ProductPartsMedia
from marketplace.saleor.transport import engine_http

logger = logging.getLogger(__name__)


def take_over(listing: Listing, product: StoreProduct) -> list[UUID]:
    """Copy the first eight pictures that we do not have yet; our ids of all, in order.

    A picture that cannot be fetched or read is left out.
    """
    originals = {media.id: media.url for media in product.parts.originals or []}
    pictures = _pictures(product)
    if not pictures:
        return []
    ours = {media.id: ids.our_id_or_new(ids.MEDIA, media.id) for media in pictures}
    present = set(listing.media.values_list("pk", flat=True))
    with engine_http() as http:
        for position, media in enumerate(pictures):
            photo_id = ours[media.id]
            if photo_id in present:
                continue
            # An original may be larger than we accept; then a smaller version is fetched.
            content = _read(http, originals.get(media.id, "")) or _read(http, media.url)
            if content is None:
                logger.warning("A picture of %s was left out", product.slug)
                continue
            photo = ListingMedia(pk=photo_id, listing=listing, alt=media.alt[:160])
            photo.position = position
            photo.file.save(f"{photo_id}.jpg", ContentFile(content), save=True)
            present.add(photo_id)
    return [ours[media.id] for media in pictures if ours[media.id] in present]


def wanted(product: StoreProduct) -> int:
    """The number of pictures to copy."""
    return len(_pictures(product))


def _pictures(product: StoreProduct) -> list[ProductPartsMedia]:
    shown = sorted(product.parts.media or [], key=lambda media: media.sort_order or 0)
    return [media for media in shown if media.type_ == ProductMediaType.IMAGE][:MOST_PHOTOS]


def _read(http: httpx.Client, address: str) -> bytes | None:
    """A picture in our format; None when it cannot be fetched or is not a picture."""
    try:
        return safe_jpeg(io.BytesIO(_fetch(http, address))) if address else None
    except (httpx.HTTPError, PhotoRefused) as error:
        logger.info("Picture %s: %s", address, str(error).splitlines()[0])
        return None


def _fetch(http: httpx.Client, address: str) -> bytes:
    """At most as many bytes as we accept."""
    content = b""
    with http.stream("GET", address, follow_redirects=True) as answer:
        answer.raise_for_status()
        for part in answer.iter_bytes():
            content += part
            if len(content) > LARGEST_BYTES:
                break
    return content
