"""A listing in schema.org's words: its offers, what delivery costs, and how long it may go back."""

from collections import defaultdict
from datetime import date

from catalog.categories import find_category
from catalog.markets import Market
from catalog.models import ListingOffer, ListingPage
from marketplace.core.formats import plain_amount
from marketplace.orders.return_periods import return_period
from marketplace.orders.shipping_rates import STANDARD, ParcelPrice, Place, parcel_price
from marketplace.web.storefront.cards import picture_of
from marketplace.web.storefront.page_heads.addresses import page_address, whole
from marketplace.web.storefront.page_heads.texts import plain, short
from marketplace.web.storefront.page_heads.things import VOCABULARY, Thing
from marketplace.web.storefront.shell import Shop
from marketplace.web.storefront.to_the_door import after_free_delivery
from vendors.queries import PublicProfile

# What Google shows of a description; the whole text stands on the page.
_DESCRIBED = 1000


def product(
    shop: Shop, page: ListingPage, *, profile: PublicProfile | None, url: str, on: date
) -> Thing:
    """A listing with an offer for each of its variants."""
    offers: list[ListingOffer] = page.market_offers  # type: ignore[attr-defined]
    cooperative = _cooperative(shop, page)
    handling = profile.cooperative.handling_days if profile else 0
    returns = _returns(shop, on)
    category = find_category(page.category_slug)
    thing: Thing = {
        "@context": VOCABULARY,
        "@type": "Product",
        "name": plain(page.name(shop.language)),
        "url": url,
        "sku": str(page.listing_id),
        "image": [whole(picture) for picture in page.media or [picture_of(page)]],
        "brand": cooperative,
        "offers": [
            _offer(shop, page, offer, cooperative=cooperative, handling=handling, url=url, on=on)
            | ({"hasMerchantReturnPolicy": returns} if returns else {})
            for offer in offers
        ],
    }
    if description := short(page.description(shop.language), _DESCRIBED):
        thing["description"] = description
    if category:
        thing["category"] = category.name(shop.language)
    if page.origin_country:
        thing["countryOfOrigin"] = {"@type": "Country", "name": page.origin_country}
    return thing


def delivery_to(
    market: Market, page: ListingPage, offer: ListingOffer, on: date, free_from: int | None
) -> dict[ParcelPrice, list[str]]:
    """What a parcel with one item costs, and the countries of the market that it costs so.

    ``free_from``: the sum of its products, in minor units, from which the cooperative delivers for
    free; none where it never does.
    """
    found: dict[ParcelPrice, list[str]] = defaultdict(list)
    for country in market.country_codes:
        price = parcel_price(
            origin=Place(page.country_code, page.region_code),
            destination=Place(country),
            grams=offer.weight_grams or page.weight_grams,
            service=STANDARD,
            currency=market.currency,
            on=on,
        )
        if price:
            found[after_free_delivery(price, offer, free_from)].append(country)
    return found


def _offer(
    shop: Shop,
    page: ListingPage,
    offer: ListingOffer,
    *,
    cooperative: Thing,
    handling: int,
    url: str,
    on: date,
) -> Thing:
    state = "InStock" if offer.available > 0 else "OutOfStock"
    several = len(page.market_offers) > 1  # type: ignore[attr-defined]
    thing: Thing = {
        "@type": "Offer",
        "url": f"{url}?size={offer.variant_id}" if several else url,
        "sku": str(offer.variant_id),
        "price": plain_amount(offer.amount_minor, offer.currency),
        "priceCurrency": offer.currency,
        "availability": f"{VOCABULARY}/{state}",
        "itemCondition": f"{VOCABULARY}/NewCondition",
        "seller": cooperative,
    }
    delivery = delivery_to(shop.market, page, offer, on, shop.free_from.get(page.cooperative_id))
    if shipping := _shipping(delivery, handling):
        thing["shippingDetails"] = shipping
    return thing


def _cooperative(shop: Shop, page: ListingPage) -> Thing:
    """The cooperative, which makes and sells it."""
    return {
        "@type": "Organization",
        "name": plain(page.cooperative_name(shop.language)),
        "url": page_address("cooperative", shop.market, shop.language, slug=page.cooperative_slug),
    }


def _shipping(delivery: dict[ParcelPrice, list[str]], handling: int) -> list[Thing]:
    return [
        {
            "@type": "OfferShippingDetails",
            "shippingRate": {
                "@type": "MonetaryAmount",
                "value": plain_amount(price.amount_minor, price.currency),
                "currency": price.currency,
            },
            "shippingDestination": [
                {"@type": "DefinedRegion", "addressCountry": country} for country in countries
            ],
            "deliveryTime": {
                "@type": "ShippingDeliveryTime",
                "handlingTime": _days(0, handling),
                "transitTime": _days(price.days_min, price.days_max),
            },
        }
        for price, countries in delivery.items()
    ]


def _days(least: int, most: int) -> Thing:
    return {"@type": "QuantitativeValue", "minValue": least, "maxValue": most, "unitCode": "DAY"}


def _returns(shop: Shop, on: date) -> list[Thing]:
    """How long a buyer may send it back, by country.

    The vocabulary counts calendar days only: a rule in working days is not told.
    """
    by_days: dict[int, list[str]] = defaultdict(list)
    for country in shop.market.country_codes:
        period = return_period(country, on)
        if not period.in_working_days:
            by_days[period.days].append(country)
    return [
        {
            "@type": "MerchantReturnPolicy",
            "applicableCountry": countries,
            "returnPolicyCategory": f"{VOCABULARY}/MerchantReturnFiniteReturnWindow",
            "merchantReturnDays": days,
            "returnMethod": f"{VOCABULARY}/ReturnByMail",
            "merchantReturnLink": page_address("info", shop.market, shop.language, slug="returns"),
        }
        for days, countries in by_days.items()
    ]
