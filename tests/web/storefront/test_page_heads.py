"""Every kind of shop page, as search engines and previews of links read it."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from catalog.markets import MARKETS
from catalog.models import ListingOffer, ListingPage
from marketplace.web.storefront.info.views import PAGES
from search.indexing.index import update
from tests.factories.listings import listing_page
from tests.factories.vendors import make_published
from tests.rules.access_addresses import places
from tests.web.storefront.seen_from_outside import ORIGIN, Seen, look, vocabulary_faults
from vendors.models import Cooperative, CooperativeText
from vendors.scoping import Crossing

pytestmark = pytest.mark.django_db

HOSTILE = '</script><script>alert(1)</script>" onload="x\' \u202egnp.exe\u2066 <b>&amp;'


@dataclass(frozen=True)
class World:
    cooperative: Cooperative
    listing: ListingPage


@pytest.fixture(autouse=True)
def _a_real_shop(settings: Any) -> None:
    settings.PUBLIC_URL, settings.SEARCH_ENGINES = ORIGIN, True


@pytest.fixture
def shop(_a_real_shop: None) -> World:
    cooperative = make_published(name="Tamounte")
    listing = listing_page(
        "honey-thyme",
        prices={"ma": 16500, "eu": 1900},
        cooperative_slug=cooperative.slug,
        cooperative_id=cooperative.pk,
        descriptions={"fr": "Miel cru, récolté en juillet.", "ar": "عسل خام جني في يوليوز."},
        media=["/media/photos/00000000-0000-0000-0000-000000000001.jpg"],
        origin_country="MA",
    )
    update([listing.pk])
    return World(cooperative, listing)


# Every kind of page that search engines shall find → what its address is filled with.
INDEXED: dict[str, Callable[[World], dict[str, str]]] = {
    "home": lambda _world: {},
    "cooperatives": lambda _world: {},
    "info": lambda _world: {"slug": "delivery"},
    "contact": lambda _world: {},
    "legal": lambda _world: {"slug": "terms"},
    "category": lambda _world: {"slug": "honey"},
    "listing": lambda world: {"slug": world.listing.slug},
    "cooperative": lambda world: {"slug": world.cooperative.slug},
}
WHAT_THEY_SAY = {
    "home": {"WebSite"},
    "cooperatives": {"BreadcrumbList"},
    "info": set[str](),
    "contact": set[str](),
    "legal": set[str](),
    "category": {"BreadcrumbList", "ItemList"},
    "listing": {"Product", "BreadcrumbList"},
    "cooperative": {"Organization", "BreadcrumbList"},
}
# Pages of one person, of one moment, or of what was typed.
ASKING = {"ask-listing", "ask-cooperative"}
REVIEWS = {"listing-reviews", "cooperative-reviews", "review-report"}
NOT_INDEXED = {
    "search", "basket", "checkout", "data-ask", "data-phone", "order-lookup", "apply",
    *ASKING, *REVIEWS,
}  # fmt: skip
# Answers that are no page, lead elsewhere, take a form, or need an order or a checkout.
NO_PAGE = {
    "enter", "change-market", "suggest", "search-chosen", "basket-add", "basket-change",
    "picture", "category-picture", "cooperative-picture", "listing-picture", "manifest", "feed",
    "checkout-delivery", "checkout-payment", "checkout-cash-code", "payment-test-card",
    "payment-test-card-code", "payment-provider", "payment-back",
    "order-lookup-code", "data-phone-code", "account-claim", "account-claim-code",
    "account-addresses", "account-address-new", "account-address", "account-address-default",
    "account-address-delete",
    "tracking", "tracking-document", "tracking-received", "tracking-missing",
    "tracking-cancel", "tracking-substitute", "tracking-substitute-decline",
    "tracking-complaint", "tracking-complaint-new", "tracking-complaint-choose",
    "tracking-complaint-photo", "ask-order", "conversation", "conversation-report",
    "conversation-offer", "conversation-offer-decline", "checkout-offer",
    "basket-voucher",
    "account", "account-order", "account-buy-again", "account-favourites", "account-favourite",
    "account-notice", "account-following", "account-follow", "account-news", "news-stop",
    "tracking-reviews", "tracking-review", "tracking-review-withdraw", "tracking-review-mails",
    "account-data", "legal-version", "data", "data-file", "data-erase", "apply-confirm",
}  # fmt: skip


def address(name: str, market: str, language: str, **filling: str) -> str:
    where = {"market": market, "language": language} | filling
    return reverse(f"storefront:{name}", kwargs=where)


def every_page(world: World) -> Iterator[tuple[str, str]]:
    """Each kind of page in every market that shows it, in all languages where it tells more."""
    for name, filling in INDEXED.items():
        for market in MARKETS:
            if name in {"listing", "category"} and market.code not in {"ma", "eu"}:
                continue
            # Each language once more in the other markets is the same code.
            for language in ("ar", "fr", "en") if market.code in {"ma", "eu"} else ("ar",):
                yield name, address(name, market.code, language, **filling(world))


def test_every_address_of_the_shop_is_for_search_engines_or_is_not() -> None:
    named = {p.name.partition(":")[2] for p in places() if p.audience == "storefront"}
    assert named == {*INDEXED, *NOT_INDEXED, *NO_PAGE}


def faults_of(name: str, path: str, seen: Seen) -> Iterator[str]:
    """What a page's head lacks."""
    if seen.status != 200 or not seen.is_indexed:
        yield f"{seen.status} {seen.meta('robots')}"
    if seen.link("canonical") != [f"{ORIGIN}{path}"]:
        yield f"canonical {seen.link('canonical')}"
    if path not in {each.removeprefix(ORIGIN) for each in seen.alternates.values()}:
        yield "its alternates do not name it"
    if "x-default" not in seen.alternates:
        yield "no x-default"
    for tag in ("description", "og:title", "og:description", "og:url", "og:image", "og:locale"):
        if len(seen.meta(tag)) != 1 or not seen.meta(tag)[0].strip():
            yield f"{tag} {seen.meta(tag)}"
    if not seen.title.startswith(seen.meta("og:title")[0]) or len(seen.link("manifest")) != 1:
        yield f"title {seen.title}"
    if set(seen.structured) != WHAT_THEY_SAY[name]:
        yield f"says {set(seen.structured)}"
    for thing in seen.structured.values():
        yield from vocabulary_faults(thing)


def test_every_kind_of_page_says_what_it_is(shop: World, client: Client) -> None:
    seen = {path: (name, look(client, path)) for name, path in every_page(shop)}
    faults = [f"{p}: {fault}" for p, (name, s) in seen.items() for fault in faults_of(name, p, s)]
    assert faults == []
    # Each page that one names names the same pages.
    for path, (_name, one) in seen.items():
        for readers, other in one.alternates.items():
            if readers != "x-default" and other.removeprefix(ORIGIN) in seen:
                assert seen[other.removeprefix(ORIGIN)][1].alternates == one.alternates, path


def test_readers_are_named_by_language_and_country(shop: World, client: Client) -> None:
    seen = look(client, address("listing", "ma", "ar", slug=shop.listing.slug))
    named = set(seen.alternates)
    assert {"ar-MA", "fr-MA", "en-MA", "fr-FR", "ar-BE", "x-default"} <= named
    assert not {"ar-EG", "fr-TN"} & named
    assert seen.meta("og:locale") == ["ar_MA"]
    assert set(seen.meta("og:locale:alternate")) == {"fr_MA", "en_MA"}


def test_texts_are_in_the_pages_language(shop: World, client: Client) -> None:
    for language, said in (("ar", "عسل خام"), ("fr", "Miel cru")):
        seen = look(client, address("listing", "ma", language, slug=shop.listing.slug))
        assert said in seen.meta("description")[0]
        assert shop.listing.names[language] in seen.title


@pytest.mark.parametrize("slug", sorted(PAGES))
def test_information_pages_have_a_title_and_description_each(slug: str, client: Client) -> None:
    seen = look(client, address("info", "ma", "fr", slug=slug))
    assert seen.meta("description")[0] != seen.title
    assert seen.tree.findtext(".//h1") == seen.meta("og:title")[0]


def not_for_search_engines(world: World) -> Iterator[str]:
    category = address("category", "ma", "fr", slug="honey")
    cooperative = address("cooperative", "ma", "fr", slug=world.cooperative.slug)
    plain = NOT_INDEXED - {"checkout", *ASKING, *REVIEWS}
    yield from (address(name, "ma", "fr") for name in sorted(plain))
    yield address("listing-reviews", "ma", "fr", slug=world.listing.slug)
    yield address("cooperative-reviews", "ma", "fr", slug=world.cooperative.slug)
    yield address("ask-listing", "ma", "fr", slug=world.listing.slug)
    yield address("ask-cooperative", "ma", "fr", slug=world.cooperative.slug)
    yield from (
        f"{category}{query}"
        for query in ("?region=MA-09", "?sort=newest", "?page=2", "?q=x", "?min=5", "?stock=1")
    )
    yield f"{address('cooperatives', 'ma', 'fr')}?region=MA-09"
    yield f"{address('search', 'ma', 'fr')}?q=miel"
    # A category that this market has nothing in.
    yield address("category", "eg", "fr", slug="honey")
    for number in range(30):
        listing_page("saffron", slug=f"saffron-{number}", cooperative_slug=world.cooperative.slug)
    yield f"{cooperative}?page=2"
    yield "/accounts/login/"
    yield "/ma/fr/nothing-here/"


def test_what_search_engines_shall_not_list_says_so(shop: World, client: Client) -> None:
    for path in not_for_search_engines(shop):
        seen = look(client, path)
        assert not seen.is_indexed, path
        assert seen.link("canonical") == [], path
        assert seen.alternates == {}, path


def test_files_of_persons_say_so_in_their_head(client: Client) -> None:
    for path in ("/portal/tamounte/", "/staff/x/", "/ma/fr/orders/x/", "/api/graphql/"):
        assert "noindex" in client.get(path).headers["X-Robots-Tag"], path


def test_what_a_link_carries_along_is_not_a_page_of_its_own(shop: World, client: Client) -> None:
    path = address("listing", "ma", "fr", slug=shop.listing.slug)
    offer = ListingOffer.objects.filter(page=shop.listing).first()
    assert offer
    for query in ("?utm_source=whatsapp", f"?size={offer.variant_id}", "?fbclid=1"):
        assert look(client, f"{path}{query}").link("canonical") == [f"{ORIGIN}{path}"]
    category = address("category", "ma", "fr", slug="honey")
    assert look(client, f"{category}?utm_source=x").link("canonical") == [f"{ORIGIN}{category}"]


def test_a_product_says_price_delivery_and_returns(shop: World, client: Client) -> None:
    seen = look(client, address("listing", "ma", "fr", slug=shop.listing.slug))
    assert seen.meta("product:price:amount") == ["165.00"]
    assert seen.meta("product:price:currency") == ["MAD"]
    (offer,) = seen.structured["Product"]["offers"]
    assert (offer["price"], offer["priceCurrency"]) == ("165.00", "MAD")
    assert offer["availability"] == "https://schema.org/InStock"
    (shipping,) = offer["shippingDetails"]
    assert shipping["shippingRate"]["currency"] == "MAD"
    assert shipping["shippingDestination"][0]["addressCountry"] == "MA"
    (returns,) = offer["hasMerchantReturnPolicy"]
    assert (returns["applicableCountry"], returns["merchantReturnDays"]) == (["MA"], 7)
    assert "aggregateRating" not in seen.structured["Product"]


def test_a_rule_in_working_days_is_not_told_as_calendar_days(client: Client) -> None:
    page = listing_page("saffron", prices={"tn": 9500}, available=0)
    seen = look(client, address("listing", "tn", "fr", slug=page.slug))
    (offer,) = seen.structured["Product"]["offers"]
    assert "hasMerchantReturnPolicy" not in offer
    assert offer["availability"] == "https://schema.org/OutOfStock"


def test_every_variant_is_an_offer_at_its_own_address(shop: World, client: Client) -> None:
    ListingOffer.objects.create(
        page=shop.listing, variant_id="00000000-0000-0000-0000-00000000000b", amount_minor=9000,
        channel_slug="ma-mad", currency="MAD", available=0, position=1,
    )  # fmt: skip
    seen = look(client, address("listing", "ma", "fr", slug=shop.listing.slug))
    offers = seen.structured["Product"]["offers"]
    assert [offer["price"] for offer in offers] == ["165.00", "90.00"]
    assert all(f"?size={offer['sku']}" in offer["url"] for offer in offers)


def test_a_cooperatives_street_is_not_told(shop: World, client: Client) -> None:
    seen = look(client, address("cooperative", "ma", "fr", slug=shop.cooperative.slug))
    said = seen.structured["Organization"]["address"]
    assert said["addressCountry"] == "MA"
    assert "streetAddress" not in said
    assert shop.cooperative.address_line not in str(seen.structured)


def test_hostile_names_stay_text(shop: World, client: Client) -> None:
    texts = CooperativeText.objects.crossing(Crossing.DEMO_WORLD)
    texts.filter(cooperative=shop.cooperative).update(name=HOSTILE[:120], tagline=HOSTILE)
    ListingPage.objects.update(
        names={"fr": HOSTILE}, descriptions={"fr": HOSTILE}, cooperative_names={"fr": HOSTILE}
    )
    for name in ("listing", "cooperative", "home", "category"):
        path = address(name, "ma", "fr", **INDEXED[name](shop))
        seen = look(client, path)
        assert [s.get("src") for s in seen.tree.xpath("//script[not(@type)]")] != [None]
        assert not seen.tree.xpath("//script[not(@src) and not(@type)]"), path
        assert not seen.tree.xpath("//*[@onload]"), path
        for text in [seen.meta("description")[0], str(seen.structured)]:
            assert not set(text) & set("\u202e\u2066"), path
        for thing in seen.structured.values():
            assert vocabulary_faults(thing) == []
    product = look(client, address("listing", "ma", "fr", slug=shop.listing.slug))
    assert product.structured["Product"]["name"].startswith("</script><script>alert(1)")


@pytest.mark.parametrize(
    ("named", "value"),
    [("SEARCH_ENGINES", False), ("DEMO", True), ("DEBUG", True)],
)
def test_a_shop_that_is_not_for_search_engines_says_so_everywhere(
    named: str, value: bool, shop: World, client: Client, settings: Any
) -> None:
    setattr(settings, named, value)
    for name, filling in INDEXED.items():
        seen = look(client, address(name, "ma", "fr", **filling(shop)))
        assert "noindex" in seen.meta("robots")[0]
        assert "noindex" in seen.robots_header
    assert "noindex" in client.get("/sitemap.xml").headers["X-Robots-Tag"]


@pytest.mark.parametrize(
    ("changes", "is_listed"),
    [
        ({}, True),
        ({"PUBLIC_URL": "http://localhost:8000"}, False),
        ({"TEST_PAYMENTS": True}, False),
        ({"STRIPE_SECRET_KEY": "sk_test_1"}, False),
        ({"STRIPE_SECRET_KEY": "sk_live_1"}, True),
    ],
)
def test_without_a_setting_it_depends_on_the_address_and_the_money(
    changes: dict[str, Any], is_listed: bool, client: Client, settings: Any
) -> None:
    known = {"SEARCH_ENGINES": None, "TEST_PAYMENTS": False, "STRIPE_SECRET_KEY": ""}
    for name, value in (known | changes).items():
        setattr(settings, name, value)
    assert look(client, "/ma/fr/").is_indexed is is_listed
