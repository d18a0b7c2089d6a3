"""Which of a listing's variants a page shows first."""

from collections.abc import Sequence

from catalog.models import ListingOffer


def offer_to_show(offers: Sequence[ListingOffer], size: str = "") -> ListingOffer:
    """The requested variant, else the first available one."""
    for offer in offers:
        if str(offer.variant_id) == size:
            return offer
    return next((offer for offer in offers if offer.available > 0), offers[0])
