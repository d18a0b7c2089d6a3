"""The kit, the drawings and the choice of a language, as a browser asks for them."""

import csv
import re
from pathlib import Path

import brotli
import pytest
from django.templatetags.static import static
from django.test import Client
from lxml import etree
from pytest_django import Settings

from catalog.categories import CATEGORIES
from catalog.taxonomy import listing_types
from marketplace.web.ui import illustrations
from marketplace.web.ui.assets import STATIC


@pytest.fixture
def demo(settings: Settings) -> None:
    settings.DEMO = True


@pytest.mark.usefixtures("demo")
@pytest.mark.parametrize(("language", "direction"), [("ar", "rtl"), ("fr", "ltr"), ("en", "ltr")])
def test_the_kit_shows_every_component(client: Client, language: str, direction: str) -> None:
    client.cookies["twiza_language"] = language
    response = client.get("/ui/")
    page = response.content.decode()
    assert response.status_code == 200
    assert f'<html lang="{language}" dir="{direction}">' in page
    assert "style=" not in page
    used = set(re.findall(r'href="#i-([a-z0-9-]+)"', page))
    assert used == set(re.findall(r'<symbol id="i-([a-z0-9-]+)"', page))


def test_the_kit_is_for_demos_only(client: Client) -> None:
    assert client.get("/ui/").status_code == 404


@pytest.mark.parametrize(
    "slug", [*listing_types(), *illustrations.CATEGORIES, "village", "village-wide"]
)
def test_every_kind_of_goods_has_a_small_lasting_drawing(client: Client, slug: str) -> None:
    response = client.get(illustrations.address(slug, seed="Tifawine 3", region="MA-08"))
    assert response.status_code == 200
    assert response["Content-Type"] == "image/svg+xml"
    assert "immutable" in response["Cache-Control"]
    assert etree.fromstring(response.content).tag.endswith("svg")
    assert len(response.content) < 7_000


@pytest.mark.parametrize("slug", ["", "no-such-goods", "../../etc", "زعفران", "HONEY"])
def test_unknown_goods_are_drawn_too(client: Client, slug: str) -> None:
    assert client.get(illustrations.address(slug, seed="؟", region="??")).status_code == 200


def test_the_same_seed_gives_the_same_drawing() -> None:
    first = illustrations.draw("rug", seed="a", region="MA-08")
    assert illustrations.draw("rug", seed="a", region="MA-08") == first
    assert illustrations.draw("rug", seed="b", region="MA-08") != first


def test_a_seed_may_name_its_region() -> None:
    assert illustrations.region_of("ma-08.kilim-3") == ("MA-08", "kilim-3")
    assert illustrations.region_of("eg.lamp") == ("EG", "lamp")
    assert illustrations.region_of("kilim-3") == ("", "kilim-3")


def test_choosing_a_language_is_remembered(client: Client) -> None:
    response = client.get("/language/ar/?next=/portal/")
    assert response["Location"] == "/portal/"
    assert response.cookies["twiza_language"].value == "ar"


@pytest.mark.parametrize(
    "target", ["https://evil.example/", "//evil.example", "javascript:alert(1)"]
)
def test_other_sites_are_not_followed(client: Client, target: str) -> None:
    assert client.get("/language/fr/", {"next": target})["Location"] == "/"


def test_an_unknown_language_is_not_there(client: Client) -> None:
    assert client.get("/language/de/").status_code == 404


def test_a_missing_page_is_explained(client: Client) -> None:
    client.cookies["twiza_language"] = "fr"
    response = client.get("/no/such/page/")
    assert response.status_code == 404
    assert "Page introuvable" in response.content.decode()


def test_the_sheet_is_served_compressed(client: Client) -> None:
    response = client.get(static("ui/twiza.css"), headers={"Accept-Encoding": "br"})
    body = b"".join(response.streaming_content)  # type: ignore[attr-defined]
    assert response["Content-Encoding"] == "br"
    # Only the fonts' names differ: there they have their hash, and quotes around them.
    fonts = re.compile(rb'url\("?fonts/([a-z-]+)[^)]*\)')
    written = (STATIC / "twiza.css").read_bytes()
    assert fonts.sub(rb"\1", brotli.decompress(body)) == fonts.sub(rb"\1", written)


def test_the_geodata_keeps_its_licence() -> None:
    folder = Path(illustrations.__file__).parent.parent / "geodata"
    assert "ODbL" in (folder / "LICENSE.md").read_text(encoding="utf-8")


def test_no_taxonomy_slug_is_left_to_chance() -> None:
    source = Path("catalog/data/product_taxonomy_hs.csv")
    with source.open(encoding="utf-8", newline="") as file:
        slugs = [row["slug"] for row in csv.DictReader(file)]
    assert [s for s in slugs if not illustrations.is_known(s)] == []


def test_goods_of_a_category_without_a_type_are_not_left_to_chance() -> None:
    assert [each.slug for each in CATEGORIES if not illustrations.is_known(each.slug)] == []
    baskets = [e.slug for e in CATEGORIES if illustrations.category_for(e.slug) == "basket"]
    assert baskets == ["basketry"]


@pytest.mark.parametrize(
    ("goods", "drawing"),
    [
        ("amlou", "amlou"),
        ("date-syrup", "syrup"),
        ("molasses-eg", "syrup"),
        ("almonds-shelled", "almond"),
        ("honey-thyme", "honey"),
    ],
)
def test_goods_are_drawn_as_what_they_are(goods: str, drawing: str) -> None:
    assert illustrations.category_for(goods) == drawing


def test_a_form_without_its_token_is_answered_in_our_design() -> None:
    client = Client(enforce_csrf_checks=True)
    client.cookies["twiza_language"] = "fr"

    answer = client.post("/ma/fr/basket/add/", {})

    assert answer.status_code == 403
    assert "Ce formulaire a expiré" in answer.content.decode()
    assert "ui/twiza." in answer.content.decode()
