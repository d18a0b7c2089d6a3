"""Offers to one buyer: made, ended, ordered exactly once."""

from marketplace.orders.services.price_offers.ending import decline, withdraw
from marketplace.orders.services.price_offers.forgetting import forget_offers
from marketplace.orders.services.price_offers.making import (
    MOST_PIECES,
    VALID_FOR_AT_MOST,
    NewPriceOffer,
    make_price_offer,
)
from marketplace.orders.services.price_offers.ordering import basket_for

__all__ = [
    "MOST_PIECES",
    "VALID_FOR_AT_MOST",
    "NewPriceOffer",
    "basket_for",
    "decline",
    "forget_offers",
    "make_price_offer",
    "withdraw",
]
