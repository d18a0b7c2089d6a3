"""A cooperative offers the buyer of a conversation a price; withdrawn by it, or declined."""

from datetime import datetime

from django.db import transaction
from django.utils import timezone

from marketplace.conversations.errors import ConversationNotFound
from marketplace.conversations.events import (
    PriceOfferDeclined,
    PriceOffered,
    PriceOfferWithdrawn,
)
from marketplace.conversations.models import Conversation, ConversationState
from marketplace.conversations.services.messages import locked
from marketplace.core.actors import Actor
from marketplace.core.events import publish
from marketplace.core.throttle import Use, require
from marketplace.orders.models import PriceOffer
from marketplace.orders.services import price_offers
from marketplace.orders.services.price_offers import NewPriceOffer
from vendors.accounts import User


def make_offer(
    *, conversation: Conversation, wanted: NewPriceOffer, form_key: str, by: User
) -> PriceOffer:
    """Offer a price; it answers the buyer, and replaces the offer that was open.

    Raises what ``price_offers.make_price_offer`` raises, ConversationClosed, and TooSoon above
    the limit of the conversation.
    """
    require(Use("conversation_message", str(conversation.pk)))
    with transaction.atomic():
        current = locked(conversation)
        if current.cooperative is None:
            raise ConversationNotFound
        offer, is_new = price_offers.make_price_offer(
            conversation_id=current.pk,
            cooperative=current.cooperative,
            market=current.market,
            wanted=wanted,
            form_key=form_key,
            by=by,
        )
        if is_new:
            current.state = ConversationState.ANSWERED
            current.last_message_at = offer.made_at
            current.first_answer_at = current.first_answer_at or offer.made_at
            current.save(update_fields=["state", "last_message_at", "first_answer_at"])
            _publish(PriceOffered, current, offer, offer.made_at)
    return offer


def withdraw_offer(*, conversation: Conversation, offer: PriceOffer, by: Actor) -> None:
    """Take an open offer back, also in a closed conversation; the buyer is told.

    Raises as ``price_offers.withdraw``.
    """
    with transaction.atomic():
        price_offers.withdraw(offer=offer, by=by)
        _publish(PriceOfferWithdrawn, conversation, offer, timezone.now())


def decline_offer(*, conversation: Conversation, offer: PriceOffer) -> None:
    """The buyer does not want it; the cooperative is told. Raises as ``price_offers.decline``."""
    with transaction.atomic():
        price_offers.decline(offer=offer, by=Actor.buyer(conversation.pk))
        _publish(PriceOfferDeclined, conversation, offer, timezone.now())


def _publish(
    event: type[PriceOffered | PriceOfferWithdrawn | PriceOfferDeclined],
    conversation: Conversation,
    offer: PriceOffer,
    at: datetime,
) -> None:
    publish(
        event(
            aggregate_id=conversation.pk,
            occurred_at=at,
            conversation_id=conversation.pk,
            version=offer.version,
        )
    )
