"""What this room holds about a buyer; it goes with the order (``BuyerErased``)."""

from collections.abc import Collection
from typing import Any
from uuid import UUID

from marketplace.reviews.models import Review
from vendors.scoping import Crossing


def export(order_ids: Collection[UUID]) -> list[dict[str, Any]]:
    """The reviews of what came with the orders."""
    rows = Review.objects.crossing(Crossing.BUYER_ORDER)
    return [
        {
            "listing": row.listing_id,
            "written_at": row.written_at,
            "stars": row.stars,
            "name": row.name,
            "text": row.text,
        }
        for row in rows.filter(line__vendor_order__order_id__in=order_ids).order_by("-written_at")
    ]
