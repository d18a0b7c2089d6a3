"""The demo's world is invented, whole, plausible and the same every time."""

from collections import Counter
from datetime import UTC, datetime, timedelta

from catalog.categories import find_category
from catalog.markets import MARKETS
from catalog.materials import materials
from catalog.taxonomy import listing_types
from marketplace.demo.accounts import ACCOUNTS
from marketplace.demo.world.cooperatives import CURRENCIES, demo_cooperatives
from marketplace.demo.world.listing_types import kinds
from marketplace.demo.world.listings import offers
from marketplace.demo.world.orders import purchases
from vendors.bank_numbers import parse_bank_number
from vendors.geography import regions
from vendors.sectors import SECTORS

UNTIL = datetime(2026, 11, 24, 9, 0, tzinfo=UTC)


def test_cooperatives_cover_regions_sectors_and_kinds() -> None:
    moroccan = [cooperative for cooperative in demo_cooperatives() if cooperative.country == "MA"]
    others = [cooperative for cooperative in demo_cooperatives() if cooperative.country != "MA"]

    assert len(moroccan) >= 60
    assert len(others) >= 12
    assert {cooperative.country for cooperative in others} == {"EG", "TN", "SN", "JO"}
    assert {cooperative.region for cooperative in moroccan} == {
        region.code for region in regions("MA")
    }
    assert {cooperative.sector for cooperative in moroccan} == set(SECTORS)
    assert {cooperative.kind for cooperative in moroccan} == {"women", "youth", "mixed"}
    assert sum(cooperative.is_rural for cooperative in moroccan) > len(moroccan) * 0.6


def test_every_cooperative_says_that_it_is_invented() -> None:
    for cooperative in demo_cooperatives():
        assert "inventée" in cooperative.story.fr
        assert "متخيلة" in cooperative.story.ar
        assert "invented" in cooperative.story.en


def test_account_numbers_pass_the_controls() -> None:
    for cooperative in demo_cooperatives():
        assert (
            parse_bank_number(cooperative.country, cooperative.account).country
            == cooperative.country
        )


def test_listings_have_titles_of_their_own_in_three_languages() -> None:
    assert len(offers()) >= 600
    for language in ("ar", "fr", "en"):
        titles = Counter(offer.title[language] for offer in offers())
        assert [title for title, count in titles.items() if count > 1] == []
    names = {good.name_fr for good in listing_types().values()}
    assert not names & {offer.title.fr for offer in offers()}


def test_all_types_of_the_taxonomy_are_sold_somewhere() -> None:
    assert set(kinds()) == set(listing_types())
    sold = {offer.taxonomy_slug for offer in offers()}
    assert set(listing_types()) - sold == set()


def test_listings_are_complete() -> None:
    channels = {market.channel_slug for market in MARKETS}
    for offer in offers():
        assert find_category(offer.category_slug) is not None
        assert offer.hs_code
        assert offer.materials
        assert set(offer.materials) <= set(materials())
        assert offer.grams > 0
        assert set(offer.prices) <= channels
        assert min(offer.prices.values()) > 0
        assert max(len(offer.title[language]) for language in ("ar", "fr", "en")) <= 120
        assert "{" not in offer.description.fr + offer.description.ar + offer.description.en


def test_orders_are_the_same_for_the_same_day() -> None:
    first = list(purchases(count=120, until=UNTIL))
    again = list(purchases(count=120, until=UNTIL))

    assert first == again
    assert [p.placed_at for p in first] == sorted(p.placed_at for p in first)
    assert UNTIL - timedelta(days=366) < first[0].placed_at
    assert first[-1].placed_at < UNTIL


def test_orders_have_several_cooperatives_late_parcels_and_refunds() -> None:
    found = list(purchases(count=600, until=UNTIL))

    assert any(len(purchase.courses) > 1 for purchase in found)
    assert any(course.refunded_units for p in found for course in p.courses)
    assert {purchase.method for purchase in found} == {"card", "cod"}
    for purchase in found:
        if purchase.method == "cod":
            assert purchase.buyer.country == "MA"
        for line in purchase.lines:
            assert purchase.channel in line.offer.prices


def test_accounts_belong_to_cooperatives_of_the_world() -> None:
    slugs = {cooperative.slug for cooperative in demo_cooperatives()}
    assert {a.cooperative for a in ACCOUNTS if a.cooperative} <= slugs
    assert all(account.email.endswith(".example") for account in ACCOUNTS)
    assert set(CURRENCIES) == {cooperative.country for cooperative in demo_cooperatives()}
