"""Many listings of all sorts, to search in."""

import random

from catalog.models import ListingPage
from tests.factories.listings import listing_page

GOODS = ("honey-thyme", "honey-carob", "saffron", "carpet-kilim", "tagine-clay", "bag-leather")
REGIONS = ("MA-01", "MA-05", "MA-09")
PLACES = {"MA-01": "Tanger", "MA-05": "Beni Mellal", "MA-09": "Tafraout"}
VALUES = {
    "categories": ("honey", "spices", "rugs", "tableware", "leather"),
    "countries": ("MA", "TN"),
    "regions": REGIONS,
    "sectors": ("food", "handicrafts"),
    "marks": ("igp", "organic", "fair-trade"),
    "materials": ("wool", "clay", "leather"),
    "cooperatives": tuple(f"coop-{n}" for n in range(6)),
    "kinds": ("women", "youth", "mixed"),
    "ships_to": ("ma", "eu"),
    "ratings": ("4",),
}


def assorted_listings(count: int, chance: random.Random) -> list[ListingPage]:
    """Listings with chosen values of every facet; some are sold in one market only."""
    pages = []
    for _ in range(count):
        region = chance.choice(REGIONS)
        prices = {"ma": chance.randrange(1000, 9000), "eu": chance.randrange(100, 900)}
        for market in chance.choice(([], ["eu"], ["ma"])):
            del prices[market]
        pages.append(
            listing_page(
                chance.choice(GOODS),
                prices=prices,
                available=chance.choice((0, 3)),
                country_code=chance.choice(VALUES["countries"]),
                region_code=region,
                place_names={"fr": PLACES[region]},
                sector=chance.choice(VALUES["sectors"]),
                kind=chance.choice(VALUES["kinds"]),
                cooperative_slug=chance.choice(VALUES["cooperatives"]),
                quality_marks=chance.sample(VALUES["marks"], chance.randrange(3)),
                score=chance.choice((None, None, 250, 399, 400, 480)),
                material_codes=chance.choice((["wool"], ["clay", "wool"], ["goat-leather"], [])),
            )
        )
    return pages
