"""The buyer orders an offer: one basket holds it, whatever windows and devices ask for it."""

from django.db import transaction
from django.utils import timezone

from marketplace.orders.errors import NotForSale
from marketplace.orders.models import Basket, PriceOffer
from marketplace.orders.price_offer_errors import NoSuchPriceOffer, PriceOfferNotInStock
from marketplace.orders.price_offers import sold_as
from marketplace.orders.services.baskets import KEPT_FOR
from marketplace.orders.services.price_offers.holding import require_open
from marketplace.orders.stock_shortages import Shortage
from vendors.scoping import Crossing


def basket_for(*, offer: PriceOffer, language: str) -> Basket:
    """The basket with what is offered, to be bought at once or in the next thirty days.

    Raises PriceOfferOver, PriceOfferTaken, NotForSale, PriceOfferNotInStock.
    """
    with transaction.atomic():
        rows = PriceOffer.objects.crossing(Crossing.CHECKOUT).select_for_update()
        current = rows.filter(pk=offer.pk).first()
        if current is None:
            raise NoSuchPriceOffer
        require_open(current)
        basket, _new = Basket.objects.get_or_create(
            price_offer=current,
            defaults={
                "market": current.market,
                "language": language,
                "expires_at": timezone.now() + KEPT_FOR,
            },
        )
        _require_stock(current, basket, language)
        basket.expires_at = timezone.now() + KEPT_FOR
        basket.save(update_fields=["expires_at"])
        basket.lines.update_or_create(
            variant_id=current.variant_id, defaults={"quantity": current.quantity}
        )
    return basket


def _require_stock(offer: PriceOffer, basket: Basket, language: str) -> None:
    """What its own checkout keeps reserved counts as in stock."""
    sold = sold_as(offer)
    if sold is None:
        raise NotForSale
    kept = basket.attempts.filter(reserved_until__gt=timezone.now()).exists()
    if sold.available < offer.quantity and not kept:
        left = max(sold.available, 0)
        raise PriceOfferNotInStock(
            [Shortage(str(offer.variant_id), offer.title_in(language), left)]
        )
