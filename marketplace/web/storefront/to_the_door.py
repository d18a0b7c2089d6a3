"""What a listing costs to the door of a market's buyers, before an address is known."""

from dataclasses import replace
from datetime import date

from catalog.models import ListingOffer, ListingPage
from marketplace.orders.shipping_rates import STANDARD, ParcelPrice, Place, parcel_price
from marketplace.web.storefront.shell import Shop


def after_free_delivery(
    price: ParcelPrice, offer: ListingOffer, from_minor: int | None
) -> ParcelPrice:
    """The price for the buyer of one piece, where its cooperative delivers for free from a sum."""
    is_free = from_minor is not None and offer.amount_minor >= from_minor
    return replace(price, amount_minor=0) if is_free else price


def is_from_abroad(shop: Shop, page: ListingPage) -> bool:
    """Whether it comes from another country than the market's."""
    return page.country_code not in shop.market.country_codes


def delivery_of_one(
    shop: Shop, page: ListingPage, offer: ListingOffer, on: date
) -> ParcelPrice | None:
    """Delivery of one piece in a parcel of its own; None where no service takes it."""
    return parcel_price(
        origin=Place(page.country_code, page.region_code),
        destination=Place(shop.market.default_country),
        grams=offer.weight_grams or page.weight_grams,
        service=STANDARD,
        currency=shop.market.currency,
        on=on,
    )
