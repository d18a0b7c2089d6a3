"""What the first page says before it sells: who works this week, from where, and gifts by price."""

from dataclasses import dataclass

from catalog import queries as catalog
from marketplace.core.money import Money
from marketplace.web.storefront.cards import product_card
from marketplace.web.storefront.cooperatives.cards import crest_of
from marketplace.web.storefront.shell import Shop
from marketplace.web.ui.components import ProductCard
from vendors import geography
from vendors import queries as vendors
from vendors.queries.profiles import ShownPerson

PRODUCTS, PEOPLE = 2, 3
# So many are asked whether they have something to sell here, before nobody is shown.
_ASKED = 5
# Round amounts of each currency below which people look for a small gift, in its major unit.
GIFT_PRICES = {
    "MAD": (100, 200, 400),
    "EGP": (500, 1000, 2000),
    "TND": (30, 60, 120),
    "XOF": (5000, 10_000, 20_000),
    "JOD": (10, 20, 40),
    "EUR": (20, 40, 80),
}


@dataclass(frozen=True)
class OfTheWeek:
    """A cooperative with some of its people and products."""

    profile: vendors.PublicProfile
    slug: str
    url: str
    crest: str
    people: list[ShownPerson]
    products: list[ProductCard]


def of_the_week(shop: Shop) -> OfTheWeek | None:
    """This week's cooperative; the next one in turn where it has nothing for sale here."""
    for slug in vendors.turn_of_the_week(shop.market.country_codes)[:_ASKED]:
        pages = catalog.newest_of_cooperative(slug, shop.market, PRODUCTS)
        profile = vendors.public_profile(slug, shop.language) if pages else None
        if profile:
            return OfTheWeek(
                profile=profile,
                slug=slug,
                url=shop.url("cooperative", slug=slug),
                crest=crest_of(profile.cooperative.sector),
                people=profile.members[:PEOPLE],
                products=[product_card(shop, page) for page in pages],
            )
    return None


def regions(shop: Shop) -> list[tuple[str, str]]:
    """(name, address of its products) of the buyer's own regions; of countries if it has none."""
    own = [
        code
        for code in vendors.public_regions()
        if geography.country_of(code) in shop.market.country_codes
    ]
    search = shop.url("search")
    if own:
        named = [(geography.region_name(code, shop.language), "region", code) for code in own]
    else:
        named = [
            (shop.format.country(code), "country", code) for code in vendors.public_countries()
        ]
    return [(name, f"{search}?{key}={code}") for name, key, code in sorted(named)]


def gifts(shop: Shop) -> list[tuple[int, str]]:
    """(price in minor units, address of what costs no more)."""
    currency = shop.market.currency
    search = shop.url("search")
    return [
        (Money.from_decimal(price, currency).amount_minor, f"{search}?max={price}&stock=1")
        for price in GIFT_PRICES.get(currency, ())
    ]
