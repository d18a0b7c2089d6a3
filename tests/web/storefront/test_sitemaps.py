"""Robots are told where to go, and find every page that the shop shows, and no other."""

import copy
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from django.core.cache import cache
from django.test import Client
from django.urls import reverse
from lxml import etree
from protego import Protego

from catalog.markets import MARKETS
from catalog.models import ListingPage
from catalog.queries import sections_of
from catalog.read_model.projection import refresh_cooperative
from marketplace.legal.models import TextKind
from marketplace.web.storefront.info.views import PAGES
from marketplace.web.storefront.sitemaps import index, sections
from tests.factories.listings import listing_page
from tests.factories.vendors import make_published
from tests.rules.access_addresses import places
from tests.web.storefront.seen_from_outside import ORIGIN, look
from vendors.models import CooperativeStatus

NOBODYS = UUID(int=7)
pytestmark = pytest.mark.django_db

SITEMAP = "{http://www.sitemaps.org/schemas/sitemap/0.9}"
LINK = "{http://www.w3.org/1999/xhtml}link"
IMAGE = "{http://www.google.com/schemas/sitemap-image/1.1}loc"
SCHEMA = etree.XMLSchema(etree.parse(Path(__file__).parent / "schemas" / "sitemap.xsd"))
PHOTO = "/media/photos/00000000-0000-0000-0000-000000000001.jpg"


@pytest.fixture(autouse=True)
def _a_real_shop(settings: Any) -> None:
    settings.PUBLIC_URL, settings.SEARCH_ENGINES = ORIGIN, True
    cache.delete("sitemap-sections")


def read(client: Client, address: str) -> Any:
    response = client.get(address.removeprefix(ORIGIN), headers={"Host": "localhost"})
    assert response.status_code == 200, address
    return etree.fromstring(response.getvalue())


def section_addresses(client: Client) -> list[str]:
    root = read(client, "/sitemap.xml")
    assert root.tag == f"{SITEMAP}sitemapindex"
    return [str(each.text) for each in root.iter(f"{SITEMAP}loc")]


def listed(client: Client) -> Iterator[Any]:
    """Every entry of every section; each section is valid and within the rules' limits."""
    for address in section_addresses(client):
        root = read(client, address)
        plain = copy.deepcopy(root)
        # The rules' schema wants one of each foreign element; none comes with a package.
        for foreign in plain.xpath("//*[local-name()='link' or local-name()='image']"):
            foreign.getparent().remove(foreign)
        SCHEMA.assertValid(plain)
        assert len(root) <= 50_000
        yield from root


def addresses(client: Client) -> list[str]:
    return [entry.findtext(f"{SITEMAP}loc") for entry in listed(client)]


def test_every_page_is_listed_once_with_its_other_languages_and_markets(client: Client) -> None:
    cooperative = make_published()
    page = listing_page("honey-thyme", prices={"ma": 100, "eu": 200}, media=[PHOTO])
    all_of_them = list(listed(client))
    entries = {entry.findtext(f"{SITEMAP}loc"): entry for entry in all_of_them}
    assert len(entries) == len(all_of_them)
    found = list(entries)
    # Home, directory, information, legal texts and cooperatives in all markets; the listing and its
    # category where they are sold; all of it in three languages.
    everywhere = 2 + len(PAGES) + len(TextKind) + 1
    assert len(found) == 3 * (len(MARKETS) * everywhere + 2 * 2)
    for name, slug in (("listing", page.slug), ("cooperative", cooperative.slug)):
        where = {"market": "ma", "language": "fr", "slug": slug}
        path = reverse(f"storefront:{name}", kwargs=where)
        entry, seen = entries[f"{ORIGIN}{path}"], look(client, path)
        named = {link.get("hreflang"): link.get("href") for link in entry.iter(LINK)}
        assert named == seen.alternates
        assert entry.findtext(f"{SITEMAP}lastmod")
    images = {image.text for entry in entries.values() for image in entry.iter(IMAGE)}
    assert images == {f"{ORIGIN}{PHOTO}"}


def test_every_listed_page_may_be_indexed_and_calls_itself_so(client: Client) -> None:
    make_published()
    listing_page("honey-thyme")
    for address in addresses(client):
        if "/ma/fr/" in address:
            seen = look(client, address)
            assert (seen.status, seen.is_indexed) == (200, True), address
            assert seen.link("canonical") == [address]


def test_what_the_shop_does_not_show_is_not_listed(client: Client) -> None:
    shown = listing_page("honey-thyme")
    hidden = listing_page("saffron", is_published=False)
    unpriced = listing_page("rug", prices={"eg": 5})
    closed = make_published("closed")
    closed.status = CooperativeStatus.PAUSED
    closed.save()
    theirs = listing_page("tagine-clay", cooperative_id=closed.pk, cooperative_slug="closed")
    refresh_cooperative(closed.pk)

    found = "\n".join(addresses(client))

    assert shown.slug in found
    assert hidden.slug not in found
    assert f"/ma/fr/goods/{unpriced.slug}" not in found
    assert f"/eg/fr/goods/{unpriced.slug}" in found
    assert "/cooperatives/closed/" not in found
    assert theirs.slug not in found


def test_listings_come_in_sections_that_together_have_each_once(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(index, "LISTINGS_A_SECTION", 3)
    monkeypatch.setattr(sections, "LISTINGS_A_SECTION", 3)
    slugs = sorted(listing_page("saffron").slug for _ in range(8))
    pages = [address for address in addresses(client) if "/ma/fr/goods/" in address]
    assert sorted(address.split("/")[-2] for address in pages) == slugs
    assert len([each for each in section_addresses(client) if "/ma/listings-" in each]) == 3
    assert [section.count for section in sections_of(MARKETS[0], 3)] == [3, 3, 2]


def test_a_part_is_not_read_again_while_nothing_changed(client: Client) -> None:
    page = listing_page("saffron")
    path = next(each for each in section_addresses(client) if "listings-" in each)[len(ORIGIN) :]
    first = client.get(path)
    assert first.headers["Last-Modified"]
    tag = first.headers["ETag"]
    assert client.get(path, headers={"If-None-Match": tag}).status_code == 304
    page.net_quantity = "5 g"
    page.save()
    assert client.get(path, headers={"If-None-Match": tag}).status_code == 200
    whole = client.get("/sitemap.xml")
    assert (
        client.get("/sitemap.xml", headers={"If-None-Match": whole.headers["ETag"]}).status_code
        == 304
    )


def test_a_section_is_another_when_a_listing_left(client: Client) -> None:
    stays, leaves = sorted([listing_page("saffron").pk, listing_page("saffron").pk])
    path = reverse("sitemaps:listings", args=["ma", stays])
    tag = client.get(path).headers["ETag"]
    ListingPage.objects.filter(pk=leaves).update(is_published=False)
    assert client.get(path, headers={"If-None-Match": tag}).status_code == 200


@pytest.mark.parametrize(
    "path",
    [
        "/sitemaps/xx/pages.xml",
        f"/sitemaps/ma/listings-{NOBODYS}.xml",
        f"/sitemaps/ma/cooperatives-{NOBODYS}.xml",
        "/sitemaps/ma/listings-1.xml",
    ],
)
def test_no_other_part_exists(path: str, client: Client) -> None:
    assert client.get(path).status_code == 404


def test_a_changed_name_of_a_cooperative_is_a_change_of_its_listings() -> None:
    cooperative = make_published()
    page = listing_page(cooperative_id=cooperative.pk, cooperative_slug="former")
    assert refresh_cooperative(cooperative.pk) == 1
    assert ListingPage.objects.get(pk=page.pk).updated_at > page.updated_at


def robots(client: Client) -> Any:
    response = client.get("/robots.txt")
    assert response.headers["Content-Type"].startswith("text/plain")
    return Protego.parse(response.content.decode())


def test_robots_may_go_where_pages_are_found_and_nowhere_else(client: Client) -> None:
    page, rules = listing_page(), robots(client)
    where = {"market": "ma", "language": "fr"}
    assert list(rules.sitemaps) == [f"{ORIGIN}/sitemap.xml"]
    for name, more in (
        ("home", {}), ("cooperatives", {}), ("listing", {"slug": page.slug}),
        ("category", {"slug": "honey"}), ("info", {"slug": "delivery"}),
        ("picture", {"digest": "x"}), ("feed", {"reader": "google"}),
    ):  # fmt: skip
        assert rules.can_fetch(reverse(f"storefront:{name}", kwargs=where | more), "Googlebot")
    for path in (
        "/staff/x/", "/portal/x/", "/accounts/login/", "/api/graphql/", "/ma/fr/checkout/",
        "/ma/fr/basket/", "/ma/ar/search/?q=x", "/ma/fr/orders/x/", "/health/ready/",
    ):  # fmt: skip
        assert not rules.can_fetch(path, "Googlebot"), path


def test_every_private_part_of_the_site_is_closed_to_robots(client: Client) -> None:
    """Whoever adds a section for one audience adds it to the rules."""
    open_to_robots = {"photos", "sitemaps", "storefront", "ui"}
    rules = robots(client)
    for place in places():
        if place.audience in open_to_robots or place.parameters:
            continue
        assert not rules.can_fetch(reverse(place.name), "Googlebot"), place.name


def test_a_shop_that_is_not_for_search_engines_lets_no_robot_in(
    client: Client, settings: Any
) -> None:
    settings.SEARCH_ENGINES = False
    rules = robots(client)
    assert not rules.can_fetch("/ma/fr/", "Googlebot")
    assert list(rules.sitemaps) == []
