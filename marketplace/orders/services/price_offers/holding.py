"""Who is paying an offer: held before the payment, given back if that fails.

As a voucher's use: a payment that was begun and not ended holds it for half an hour.
"""

from datetime import timedelta

from django.db import transaction
from django.utils import timezone

from marketplace.orders.models import (
    CheckoutAttempt,
    CheckoutState,
    Order,
    PriceOffer,
    PriceOfferState,
)
from marketplace.orders.price_offer_errors import (
    PriceOfferBeingPaid,
    PriceOfferOver,
    PriceOfferTaken,
)
from vendors.scoping import Crossing

HELD_FOR = timedelta(minutes=30)
_PAID = (CheckoutState.PAID, CheckoutState.COMPLETING, CheckoutState.COMPLETED)


def require_open(offer: PriceOffer) -> None:
    """Raises PriceOfferTaken or PriceOfferOver for one that cannot be ordered."""
    if offer.state == PriceOfferState.TAKEN:
        raise PriceOfferTaken
    if not offer.is_open:
        raise PriceOfferOver


def is_being_paid(offer: PriceOffer) -> bool:
    """Whether a payment for it is under way, or came about and the order is being placed."""
    if offer.order_id is None or offer.held_at is None:
        return False
    attempt = CheckoutAttempt.objects.filter(order_id=offer.order_id).first()
    if attempt is None:
        return bool(Order.objects.filter(pk=offer.order_id).exists())
    if attempt.state in _PAID:
        return True
    is_recent = offer.held_at > timezone.now() - HELD_FOR
    return bool(attempt.state == CheckoutState.PAYING and is_recent)


def require_not_being_paid(offer: PriceOffer) -> None:
    """Raises PriceOfferBeingPaid while the buyer's payment is under way."""
    if is_being_paid(offer):
        raise PriceOfferBeingPaid


@transaction.atomic
def hold(attempt: CheckoutAttempt) -> None:
    """Nobody pays an offer that is over, nor one that another checkout is paying.

    Raises PriceOfferOver, PriceOfferTaken.
    """
    if attempt.price_offer_id is None:
        return
    rows = PriceOffer.objects.crossing(Crossing.CHECKOUT).select_for_update()
    offer: PriceOffer = rows.get(pk=attempt.price_offer_id)
    is_begun = offer.order_id == attempt.order_id and attempt.state == CheckoutState.PAYING
    if is_begun and offer.held_at and offer.held_at > timezone.now() - HELD_FOR:
        # The buyer is just paying: she goes on.
        return
    require_open(offer)
    if offer.order_id not in {None, attempt.order_id} and is_being_paid(offer):
        raise PriceOfferTaken
    offer.order_id, offer.held_at = attempt.order_id, timezone.now()
    offer.save(update_fields=["order_id", "held_at"])


def give_back_offer(attempt: CheckoutAttempt) -> None:
    """Undo ``hold`` of a payment that did not come about."""
    if attempt.price_offer_id is not None:
        rows = PriceOffer.objects.crossing(Crossing.CHECKOUT).filter(order_id=attempt.order_id)
        rows.exclude(state=PriceOfferState.TAKEN).update(order_id=None, held_at=None)
