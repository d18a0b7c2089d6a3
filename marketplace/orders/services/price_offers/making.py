"""A cooperative makes an offer in a conversation; it replaces the one that is open."""

from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from catalog.markets import market_of, zone_of
from catalog.queries import Offer, offers_for
from marketplace.core import audit
from marketplace.core.plain_text import plain_text
from marketplace.orders.errors import NotForSale
from marketplace.orders.models import PriceOffer, PriceOfferState
from marketplace.orders.price_offer_errors import PriceOfferWrong
from marketplace.orders.services.price_offers.holding import require_not_being_paid
from marketplace.saleor.store_plan import MOST_OF_A_PRODUCT
from vendors.accounts import User
from vendors.models import Cooperative
from vendors.policy import actor_for

# As many of a product as the engine is set up to take in one order.
MOST_PIECES = MOST_OF_A_PRODUCT
# As long as a link to the conversation works.
VALID_FOR_AT_MOST = timedelta(days=180)


@dataclass(frozen=True)
class NewPriceOffer:
    """What is offered; ``unit_minor`` for one piece, in the currency of the market."""

    variant_id: UUID
    quantity: int
    unit_minor: int
    valid_until: date
    ready_on: date | None = None
    text: str = ""


def make_price_offer(
    *,
    conversation_id: UUID,
    cooperative: Cooperative,
    market: str,
    wanted: NewPriceOffer,
    form_key: str,
    by: User,
) -> tuple[PriceOffer, bool]:
    """The offer, and whether it is new: a form sent twice is one. Its conversation is locked.

    Whether ``by`` may offer prices is the access policy's to say. Raises PriceOfferWrong,
    NotForSale (not the cooperative's, or not in the market), PriceOfferBeingPaid.
    """
    _check(wanted, market)
    rows = PriceOffer.objects.within(cooperative.scope).filter(conversation_id=conversation_id)
    with transaction.atomic():
        earlier = list(rows.select_for_update().order_by("-version"))
        known = next((row for row in earlier if row.key == form_key), None)
        if known is not None:
            return known, False
        now = timezone.now()
        for row in earlier:
            if row.state == PriceOfferState.OPEN:
                require_not_being_paid(row)
                row.state, row.ended_at, row.order_id = PriceOfferState.REPLACED, now, None
                row.save(update_fields=["state", "ended_at", "order_id"])
        made = _row(conversation_id, cooperative, market, wanted)
        made.version = earlier[0].version + 1 if earlier else 1
        made.key, made.made_by, made.made_at = form_key, by, now
        made.save(force_insert=True)
        audit.record("price_offer.made", made, by=actor_for(by, cooperative), version=made.version)
    return made, True


def _row(
    conversation_id: UUID, cooperative: Cooperative, market: str, wanted: NewPriceOffer
) -> PriceOffer:
    channel = market_of(market).channel_slug
    offer = offers_for([wanted.variant_id], channel).get(wanted.variant_id)
    if offer is None or offer.cooperative_id != cooperative.pk:
        raise NotForSale
    row = agreed(
        offer,
        market,
        quantity=wanted.quantity,
        unit_minor=wanted.unit_minor,
        valid_until=wanted.valid_until,
    )
    row.conversation_id, row.ready_on = conversation_id, wanted.ready_on
    row.text = plain_text(wanted.text)
    return row


def agreed(
    sold: Offer, market: str, *, quantity: int, unit_minor: int, valid_until: date
) -> PriceOffer:
    """What a market sells, so many for ``unit_minor`` each until a day; not saved."""
    return PriceOffer(
        cooperative_id=sold.cooperative_id,
        market=market,
        currency=sold.currency,
        listing_id=sold.listing_id,
        variant_id=sold.variant_id,
        titles=dict(sold.names),
        variant_name=sold.variant_name,
        quantity=quantity,
        unit_minor=unit_minor,
        usual_unit_minor=sold.amount_minor,
        valid_until=valid_until,
    )


def _check(wanted: NewPriceOffer, market: str) -> None:
    today = timezone.localdate(timezone=zone_of(market))
    errors: dict[str, str] = {}
    if not 1 <= wanted.quantity <= MOST_PIECES:
        errors["quantity"] = _("Enter a quantity from 1 to %(most)s.") % {"most": MOST_PIECES}
    if wanted.unit_minor <= 0:
        errors["price"] = _("Enter the price of one piece.")
    if not today <= wanted.valid_until <= today + VALID_FOR_AT_MOST:
        errors["valid_until"] = _("Choose a day from today on, within 180 days.")
    if wanted.ready_on is not None and wanted.ready_on < today:
        errors["ready_on"] = _("This day is over already.")
    if errors:
        raise PriceOfferWrong(errors)
