"""The lowest variant price of a product in each channel, kept on its listing."""

from collections.abc import Iterable

from django.db.models import Min

from marketplace.embedded.models import ProductChannelListing, ProductVariantChannelListing


def refresh_lowest_prices(product_ids: Iterable[int]) -> None:
    """Recompute the lowest variant price (minor units) on every listing of the given products."""
    product_ids = list(product_ids)
    rows = ProductVariantChannelListing.objects.filter(variant__product_id__in=product_ids)
    lowest = {
        (row["variant__product_id"], row["channel_id"]): row["lowest"]
        for row in rows.order_by()
        .values("variant__product_id", "channel_id")
        .annotate(lowest=Min("price_minor"))
    }
    changed = []
    for listing in ProductChannelListing.objects.filter(product_id__in=product_ids):
        price = lowest.get((listing.product_id, listing.channel_id))
        if listing.lowest_price_minor != price:
            listing.lowest_price_minor = price
            changed.append(listing)
    ProductChannelListing.objects.bulk_update(changed, ["lowest_price_minor"])
