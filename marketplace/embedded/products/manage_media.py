"""Adding, describing and removing the pictures of a product."""

from collections.abc import Sequence

from marketplace.embedded import ids, media
from marketplace.embedded.errors import refuse
from marketplace.embedded.models import Product, ProductMedia
from marketplace.embedded.models.base import delete_row
from marketplace.embedded.products.inputs import MediaData
from marketplace.embedded.webhooks import emit


def add_media(product_id: str, data: MediaData) -> ProductMedia:
    """Add a picture to a product, after its others.

    Refuses NOT_FOUND, INVALID unless there is either a file or an address, and what
    `media.save_image` refuses.
    """
    product = ids.fetch(Product.objects.all(), product_id, "Product", field="product")
    image, url = data.get("image"), data.get("media_url")
    if bool(image) == bool(url):
        raise refuse("INVALID", "Either image or external URL is required.", field="input")
    row = ProductMedia.objects.create(
        product=product,
        alt=data.get("alt") or "",
        sort_order=product.media.count(),
        image=media.save_image(image, folder="products") if image else "",
        external_url=url or "",
    )
    product.save(update_fields=["updated_at"])
    emit("PRODUCT_UPDATED", product)
    emit("PRODUCT_MEDIA_CREATED", row)
    return row


def update_media(row: ProductMedia, *, alt: str) -> None:
    """Change a picture's description."""
    row.alt = alt
    row.save()
    emit("PRODUCT_UPDATED", row.product)
    emit("PRODUCT_MEDIA_UPDATED", row)


def reorder_media(product_id: str, media_ids: Sequence[str]) -> tuple[Product, list[ProductMedia]]:
    """Put a product's pictures in the order of their ids; every picture has to be named.

    Refuses NOT_FOUND, INVALID unless as many are named as there are, NOT_PRODUCTS_IMAGE for a
    picture of another product.
    """
    product = ids.fetch(Product.objects.all(), product_id, "Product", field="productId")
    if len(media_ids) != product.media.count():
        raise refuse("INVALID", "Incorrect number of media IDs provided.", field="order")
    rows = []
    for media_id in media_ids:
        row = ids.fetch(ProductMedia.objects.all(), media_id, "ProductMedia", field="order")
        if row.product_id != product.pk:
            message = f"Media {media_id} does not belong to this product."
            raise refuse("NOT_PRODUCTS_IMAGE", message, field="order")
        rows.append(row)
    for place, row in enumerate(rows):
        row.sort_order = place
    ProductMedia.objects.bulk_update(rows, ["sort_order"])
    product.save(update_fields=["updated_at"])
    emit("PRODUCT_UPDATED", product)
    return product, rows


def delete_media(row: ProductMedia) -> None:
    """Remove a picture from its product."""
    product = row.product
    emit("PRODUCT_MEDIA_DELETED", row, immediately=True)
    delete_row(row)
    product.save(update_fields=["updated_at"])
    emit("PRODUCT_UPDATED", product)
