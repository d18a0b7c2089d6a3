"""Markets, categories and goods fit together, and fit the engine's set-up."""

from catalog.categories import CATEGORIES, category_slug_of, find_category
from catalog.markets import MARKETS, home_market, market_of
from catalog.seasons import types_in_season
from catalog.taxonomy import find_listing_type, listing_types
from marketplace.core.money import exponent
from marketplace.saleor import store_plan


def test_the_engines_channels_are_the_markets() -> None:
    planned = {(c.slug, c.currency, c.default_country) for c in store_plan.CHANNELS}

    assert planned == {(m.channel_slug, m.currency, m.default_country) for m in MARKETS}


def test_every_kind_of_goods_stands_on_a_category_of_its_own_name() -> None:
    assert len(listing_types()) == 85
    assert len(CATEGORIES) == 24
    categories = {category_slug_of(slug) for slug in listing_types()}
    assert "other" not in categories
    assert all(find_category(category) for category in categories)
    assert categories == {c.slug for c in CATEGORIES} - {"other"}


def test_goods_have_a_customs_code_and_three_names() -> None:
    for item in listing_types().values():
        assert len(item.hs_code) == 6
        assert item.hs_code.isdigit()
        assert all(item.name(language) for language in ("ar", "fr", "en"))
    saffron = find_listing_type("saffron")
    assert saffron is not None
    assert saffron.regions == ("MA-09", "MA-08")
    assert find_listing_type("unobtainium") is None


def test_seasons_name_known_goods() -> None:
    for month in range(1, 13):
        found = types_in_season(month)
        assert found
        assert set(found) <= set(listing_types())


def test_markets() -> None:
    assert market_of("tn").currency == "TND"
    assert exponent("TND") == 3
    assert home_market("EG").code == "eg"
    assert home_market("BE").code == "eu"
