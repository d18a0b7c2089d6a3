"""An open offer ends: the cooperative withdraws it, or the buyer declines it."""

from django.db import transaction
from django.utils import timezone

from marketplace.core import audit
from marketplace.core.actors import Actor
from marketplace.orders.models import PriceOffer, PriceOfferState
from marketplace.orders.price_offer_errors import NoSuchPriceOffer
from marketplace.orders.services.price_offers.holding import require_not_being_paid, require_open
from vendors.scoping import CooperativeScope


def withdraw(*, offer: PriceOffer, by: Actor) -> None:
    """The cooperative takes it back.

    Raises PriceOfferTaken, PriceOfferOver, PriceOfferBeingPaid.
    """
    _end(offer, PriceOfferState.WITHDRAWN, "price_offer.withdrawn", by)


def decline(*, offer: PriceOffer, by: Actor) -> None:
    """The buyer does not want it. Raises as ``withdraw``."""
    _end(offer, PriceOfferState.DECLINED, "price_offer.declined", by)


@transaction.atomic
def _end(offer: PriceOffer, state: PriceOfferState, action: str, by: Actor) -> None:
    rows = PriceOffer.objects.within(CooperativeScope(offer.cooperative_id))
    current = rows.select_for_update().filter(pk=offer.pk).first()
    if current is None:
        raise NoSuchPriceOffer
    require_open(current)
    require_not_being_paid(current)
    current.state, current.ended_at, current.order_id = state, timezone.now(), None
    current.save(update_fields=["state", "ended_at", "order_id"])
    audit.record(action, current, by=by, version=current.version)
