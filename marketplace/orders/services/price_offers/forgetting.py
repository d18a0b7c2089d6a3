"""Offers go with their conversation; of one that was ordered the price stays, with the order."""

from collections.abc import Iterable
from uuid import UUID

from marketplace.orders.models import PriceOffer, PriceOfferState
from vendors.scoping import Crossing


def forget_offers(conversation_ids: Iterable[UUID]) -> None:
    """Delete the offers of conversations that are deleted, and the words of those ordered."""
    rows = PriceOffer.objects.crossing(Crossing.SCHEDULED_JOB)
    found = rows.filter(conversation_id__in=list(conversation_ids))
    found.filter(state=PriceOfferState.TAKEN).update(text="")
    found.exclude(state=PriceOfferState.TAKEN).delete()
