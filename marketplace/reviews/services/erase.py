"""When a buyer's data are erased from an order, the name and photographs leave its reviews."""

from uuid import UUID

from django.db import transaction

from marketplace.core import audit
from marketplace.core.actors import Actor
from marketplace.reviews.models import Review
from marketplace.reviews.services.photos import delete_photos
from vendors.scoping import Crossing


@transaction.atomic
def forget_author(*, order_id: UUID, by: Actor) -> int:
    """Take out whose they are; stars and words stay, of nobody. Returns of how many reviews."""
    rows = Review.objects.crossing(Crossing.BUYER_ORDER).select_for_update(of=("self",))
    found = list(rows.filter(line__vendor_order__order_id=order_id))
    for row in found:
        row.name, row.shows_photos = "", False
        # No longer the hash of the address: nobody can be told by it.
        row.buyer_key = f"erased {row.pk.hex}"
        row.save(update_fields=["name", "buyer_key", "shows_photos"])
        delete_photos(row)
        audit.record("review.author_erased", row, by=by)
    return len(found)
