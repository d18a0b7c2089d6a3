"""A page that is passed on: its picture, the links to share it, its icons and its manifest."""

import io
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from django.core.files.base import ContentFile
from django.test import Client
from PIL import Image

from catalog.models import Listing, ListingMedia, ListingPage
from catalog.photos import public_address
from marketplace.web.storefront.sharing import kept_pictures
from marketplace.web.ui import app_icons
from marketplace.web.ui.assets import STATIC
from tests.factories.listings import listing_page
from tests.factories.vendors import make_published
from tests.web.storefront.seen_from_outside import ORIGIN, look
from vendors.models import Cooperative, CooperativeStatus

pytestmark = pytest.mark.django_db

SEA = (10, 60, 200)


@pytest.fixture(autouse=True)
def _a_real_shop(settings: Any, tmp_path: Path) -> None:
    settings.PUBLIC_URL, settings.SEARCH_ENGINES = ORIGIN, True
    settings.DATA_DIR = tmp_path


@pytest.fixture
def cooperative() -> Cooperative:
    return make_published()


def photographed(cooperative: Cooperative) -> ListingPage:
    """A published listing with one blue photograph."""
    listing = Listing.objects.create(
        cooperative=cooperative, slug="blue", category_slug="rugs", status="published"
    )
    out = io.BytesIO()
    Image.new("RGB", (800, 900), SEA).save(out, "JPEG")
    photo = ListingMedia(listing=listing)
    photo.file.save("blue.jpg", ContentFile(out.getvalue()))
    return listing_page(
        listing_id=listing.pk,
        cooperative_id=cooperative.pk,
        cooperative_slug=cooperative.slug,
        slug="blue",
        media=[public_address(photo.pk)],
    )


def picture_address(client: Client, path: str) -> str:
    (address,) = look(client, path).meta("og:image")
    assert address.startswith(ORIGIN)
    return address.removeprefix(ORIGIN)


def opened(content: bytes) -> Image.Image:
    return Image.open(io.BytesIO(content)).convert("RGB")


def is_sea(colour: Any) -> bool:
    return all(abs(one - other) < 12 for one, other in zip(colour, SEA, strict=True))


@pytest.mark.parametrize(("language", "inside"), [("fr", 900), ("ar", 300)])
def test_a_listings_picture_has_its_photograph_at_the_end_of_the_line(
    language: str, inside: int, cooperative: Cooperative, client: Client
) -> None:
    page = photographed(cooperative)
    response = client.get(picture_address(client, f"/ma/{language}/goods/{page.slug}/"))
    assert response.headers["Content-Type"] == "image/jpeg"
    assert "immutable" in response.headers["Cache-Control"]
    picture = opened(response.content)
    assert picture.size == (1200, 630)
    assert is_sea(picture.getpixel((inside, 315)))
    assert not is_sea(picture.getpixel((1200 - inside, 315)))
    assert len(response.content) < 300_000


def test_a_picture_shows_its_words(client: Client) -> None:
    """Another price, name or language is another picture, at another address."""
    page = listing_page("honey-thyme", prices={"ma": 16500})
    path = f"/ma/fr/goods/{page.slug}/"
    dear = picture_address(client, path)
    first = client.get(dear).content
    page.offers.update(amount_minor=900)
    cheap = picture_address(client, path)
    assert cheap != dear
    assert client.get(cheap).content != first
    # Who kept the older address is led to what is true now.
    assert client.get(dear)["Location"] == f"{ORIGIN}{cheap}"
    assert picture_address(client, path.replace("/fr/", "/ar/")) != cheap


def test_a_picture_is_drawn_once(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    path = picture_address(client, f"/ma/ar/goods/{listing_page().slug}/")
    first = client.get(path).content
    monkeypatch.setattr(
        "marketplace.web.storefront.sharing.pictures.draw", lambda *_: pytest.fail("drawn again")
    )
    assert client.get(path).content == first


def test_only_so_many_pictures_stay(monkeypatch: pytest.MonkeyPatch, settings: Any) -> None:
    monkeypatch.setattr(kept_pictures, "MOST_IN_A_FOLDER", 2)
    for number in range(5):
        assert kept_pictures.kept(f"ab{number}", lambda: b"drawn") == b"drawn"
    assert len(list((settings.DATA_DIR / "share-pictures" / "ab").iterdir())) == 2


def test_a_disk_without_room_only_makes_it_slower(settings: Any, tmp_path: Path) -> None:
    settings.DATA_DIR = tmp_path / "file"
    settings.DATA_DIR.write_text("no folder")
    assert kept_pictures.kept("ab1", lambda: b"drawn") == b"drawn"


def test_what_is_withdrawn_has_no_picture(cooperative: Cooperative, client: Client) -> None:
    page = photographed(cooperative)
    listing = picture_address(client, f"/ma/fr/goods/{page.slug}/")
    profile = picture_address(client, f"/ma/fr/cooperatives/{cooperative.slug}/")
    assert client.get(listing).status_code == client.get(profile).status_code == 200
    # No market but its own shows it either.
    assert client.get(listing.replace("/ma/", "/eg/")).status_code == 404

    ListingPage.objects.update(is_published=False)
    cooperative.status = CooperativeStatus.PAUSED
    cooperative.save()

    assert client.get(listing).status_code == 404
    assert client.get(profile).status_code == 404


def test_a_guessed_address_draws_nothing(client: Client, settings: Any) -> None:
    page = listing_page()
    for guess in ("x", "0" * 24, "a" * 3000):
        response = client.get(f"/ma/fr/goods/{page.slug}/picture-{guess}.jpg")
        assert response.status_code == 302
    assert client.get("/ma/fr/goods/none/picture-x.jpg").status_code == 404
    assert not (settings.DATA_DIR / "share-pictures").exists()


def test_hostile_words_are_drawn_as_words(client: Client) -> None:
    for name in ("#panic()", '"]#image("/etc/passwd")', "\u202e" * 9 + "x", "a" * 4000, "\x0b"):
        page = listing_page(names={"fr": name})
        path = picture_address(client, f"/ma/fr/goods/{page.slug}/")
        assert opened(client.get(path).content).size == (1200, 630)


def pages(cooperative: Cooperative) -> Iterator[str]:
    yield f"goods/{listing_page().slug}/"
    yield f"cooperatives/{cooperative.slug}/"


@pytest.mark.parametrize("language", ["ar", "fr", "en"])
def test_a_page_can_be_passed_on_without_scripts(
    language: str, cooperative: Cooperative, client: Client
) -> None:
    for page in pages(cooperative):
        seen = look(client, f"/ma/{language}/{page}?utm_source=x")
        address = f"{ORIGIN}/ma/{language}/{page}"
        links = seen.tree.xpath('//nav[.//a[contains(@href, "wa.me")]]//a')
        whatsapp, facebook, mail = (urlsplit(link.get("href")) for link in links)
        assert (whatsapp.scheme, whatsapp.netloc, whatsapp.path) == ("https", "wa.me", "/")
        assert parse_qs(whatsapp.query)["text"][0].endswith(f"\n{address}")
        assert parse_qs(facebook.query) == {"u": [address]}
        assert mail.scheme == "mailto"
        assert parse_qs(mail.query)["body"] == [address]
        assert all("noopener" in link.get("rel") for link in links)
        assert not seen.tree.xpath('//script[starts-with(@src, "http")]')
        assert seen.tree.xpath("//button[@hidden]/@data-copy") == [address]


@pytest.mark.parametrize(("language", "name"), [("ar", "تويزة"), ("fr", "Twiza")])
def test_the_manifest_is_in_the_pages_language(language: str, name: str, client: Client) -> None:
    (path,) = look(client, f"/ma/{language}/").link("manifest")
    response = client.get(path)
    manifest = json.loads(response.content)
    assert response.headers["Content-Type"] == "application/manifest+json"
    assert manifest["short_name"] == name
    assert manifest["start_url"] == f"/ma/{language}/"
    assert {icon["purpose"] for icon in manifest["icons"]} == {"any", "maskable"}


def test_every_icon_is_drawn_from_the_one_drawing(client: Client) -> None:
    """When not: ``python -m marketplace.web.ui.app_icons``."""
    for name, content in app_icons.made().items():
        drawn, written = opened(content), opened((STATIC / name).read_bytes())
        assert written.tobytes() == drawn.tobytes()
    assert client.get("/favicon.ico")["Location"].endswith(".ico")
