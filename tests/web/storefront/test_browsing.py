"""Looking around the shop as a buyer does: home, categories, search, a product, a cooperative."""

import pytest
from django.test import Client

from marketplace.web.storefront.cards import varied
from search.indexing.index import update
from tests.factories.listings import listing_page
from tests.factories.vendors import make_published

pytestmark = pytest.mark.django_db


def text_of(client: Client, url: str, status: int = 200) -> str:
    response = client.get(url)
    assert response.status_code == status, url
    return response.content.decode()


def test_the_door_leads_to_the_first_market_in_the_readers_language(client: Client) -> None:
    response = client.get("/", headers={"Accept-Language": "fr-FR,fr;q=0.9"})
    assert response["Location"] == "/ma/fr/"


@pytest.mark.parametrize("language", ["ar", "fr", "en"])
def test_the_home_page_shows_listings_and_cooperatives(client: Client, language: str) -> None:
    cooperative = make_published(name="Tamounte")
    page = listing_page("saffron", cooperative_slug=cooperative.slug)
    html = text_of(client, f"/ma/{language}/")
    assert f'<html lang="{language}"' in html
    assert page.name(language) in html
    assert f"/ma/{language}/cooperatives/{cooperative.slug}/" in html


def test_a_quantity_in_a_name_stays_in_one_line(client: Client) -> None:
    cooperative = make_published(name="Tamounte")
    names = {"fr": "Amlou de Tidzi, 250 g", "ar": "أملو 250 غ"}
    page = listing_page("saffron", cooperative_slug=cooperative.slug, names=names)
    for language, name in (("fr", "Tidzi, 250\u00a0g"), ("ar", "أملو 250\u00a0غ")):
        card = text_of(client, f"/ma/{language}/cooperatives/{cooperative.slug}/")
        assert f"{name}</a>" in card
        assert f"{name}</h1>" in text_of(client, f"/ma/{language}/goods/{page.slug}/")


def test_an_empty_shop_says_so(client: Client) -> None:
    assert "Products are being added" in text_of(client, "/ma/en/")


@pytest.mark.parametrize(
    "url", ["/xx/fr/", "/ma/de/", "/ma/fr/goods/no-such/", "/ma/fr/category/no/"]
)
def test_what_is_not_there_is_not_found(client: Client, url: str) -> None:
    text_of(client, url, status=404)


def test_a_market_sells_in_its_own_currency(client: Client) -> None:
    page = listing_page("saffron", prices={"ma": 9500, "eu": 1400})
    assert "95,00\u00a0DH" in text_of(client, f"/ma/fr/goods/{page.slug}/")
    assert "14,00\u00a0€" in text_of(client, f"/eu/fr/goods/{page.slug}/")
    text_of(client, f"/eg/ar/goods/{page.slug}/", status=404)


def test_another_market_is_one_choice_away(client: Client) -> None:
    assert client.get("/ma/fr/market/?market=eg")["Location"] == "/eg/fr/"
    assert client.get("/ma/fr/market/?market=nowhere")["Location"] == "/ma/fr/"


def test_a_product_names_its_cooperative_price_unit_and_delivery(client: Client) -> None:
    cooperative = make_published(name="Tamounte")
    page = listing_page(
        "honey-thyme",
        prices={"ma": 16500},
        net_quantity="500 g",
        cooperative_slug=cooperative.slug,
        cooperative_id=cooperative.pk,
        descriptions={"fr": "Miel cru, récolté en juillet."},
    )
    html = text_of(client, f"/ma/fr/goods/{page.slug}/")
    assert "Tamounte" in html
    assert "165,00\u00a0DH" in html
    assert "330,00\u00a0DH</bdi> / kg" in html
    assert "Miel cru, récolté en juillet." in html
    assert "Livraison (Maroc)" in html
    assert 'name="variant"' in html


def test_text_in_another_language_says_its_language(client: Client) -> None:
    page = listing_page("saffron", names={"ar": "زعفران حرّ"})
    assert '<h1 lang="ar" dir="auto">زعفران حرّ</h1>' in text_of(
        client, f"/ma/fr/goods/{page.slug}/"
    )


def test_a_drawing_is_called_a_drawing(client: Client) -> None:
    drawn, taken = listing_page("rug"), listing_page("rug", media=["/media/rug.jpg"])
    assert "Illustration." in text_of(client, f"/ma/en/goods/{drawn.slug}/")
    assert "Illustration." not in text_of(client, f"/ma/en/goods/{taken.slug}/")


def test_what_is_sold_out_cannot_be_bought(client: Client) -> None:
    page = listing_page("saffron", available=0)
    html = text_of(client, f"/ma/en/goods/{page.slug}/")
    assert "Out of stock" in html
    assert 'name="variant"' not in html


def test_a_category_shows_its_listings(client: Client) -> None:
    honey, rug = listing_page("honey-thyme"), listing_page("carpet-kilim")
    update([honey.pk, rug.pk])
    html = text_of(client, "/ma/fr/category/honey/")
    assert honey.slug in html
    assert rug.slug not in html


@pytest.mark.parametrize(
    "query",
    [
        "q=%00",
        "q=" + "x" * 5000,
        "page=999999",
        "page=-1",
        "min=abc&max=%D9%A5",
        "sort=evil",
        "region=" + "&region=".join("abc"),
    ],
)
def test_no_address_breaks_the_search(client: Client, query: str) -> None:
    listing_page("honey-thyme")
    text_of(client, f"/ma/ar/search/?{query}")


def test_nothing_found_offers_a_way_on(client: Client) -> None:
    html = text_of(client, "/ma/en/search/?q=zzzzzz")
    assert "No results" in html
    assert "/ma/en/cooperatives/" in html


def test_what_was_typed_is_never_markup(client: Client) -> None:
    assert "<script>x" not in text_of(client, "/ma/en/search/?q=<script>x</script>")


def test_the_directory_narrows_by_region(client: Client) -> None:
    make_published("tamounte", region="MA-09", name="Tamounte")
    make_published("tifawine", region="MA-08", name="Tifawine")
    html = text_of(client, "/ma/fr/cooperatives/?region=MA-08")
    assert "Tifawine" in html
    assert "Tamounte" not in html


def test_a_cooperatives_page_tells_who_they_are(client: Client) -> None:
    cooperative = make_published(name="Tamounte")
    page = listing_page("saffron", cooperative_slug=cooperative.slug)
    html = text_of(client, f"/ma/fr/cooperatives/{cooperative.slug}/")
    assert "Tamounte" in html
    assert page.name("fr") in html
    assert "Souss-Massa" in html


@pytest.mark.parametrize(
    "slug", ["contact", "delivery", "follow", "join", "money", "payment", "returns"]
)
@pytest.mark.parametrize("language", ["ar", "fr", "en"])
def test_the_information_pages_are_there(client: Client, slug: str, language: str) -> None:
    text_of(client, f"/ma/{language}/about/{slug}/")


def test_other_information_pages_are_not(client: Client) -> None:
    text_of(client, "/ma/fr/about/page/", status=404)


def test_the_same_page_is_offered_in_each_language(client: Client) -> None:
    html = text_of(client, "/ma/fr/search/?q=miel")
    assert 'href="/ma/ar/search/?q=miel" lang="ar"' in html


def test_one_harvest_does_not_fill_the_first_page() -> None:
    dates = [listing_page("dates-majhoul") for _ in range(9)]
    oil, saffron = listing_page("olive-oil-evoo"), listing_page("saffron")
    assert varied([*dates, oil, saffron], 4) == [dates[0], oil, saffron, dates[1]]


def test_what_crosses_a_border_says_what_its_price_does_not_hold(client: Client) -> None:
    page = listing_page("saffron", prices={"ma": 9500, "eu": 1400})
    assert "droits de douane" in text_of(client, f"/eu/fr/goods/{page.slug}/")
    assert "droits de douane" not in text_of(client, f"/ma/fr/goods/{page.slug}/")


def test_the_account_keeps_the_language_of_the_shop(client: Client) -> None:
    assert 'href="/language/ar/?next=%2Faccounts%2Flogin%2F"' in text_of(client, "/ma/ar/")


def test_the_filters_of_cooperatives_open_from_one_button_that_counts_them(client: Client) -> None:
    html = text_of(client, "/ma/fr/cooperatives/?region=MA-08&kind=women")
    assert 'href="#filters"' in html
    assert "(2)</a>" in html.replace("\n", "")
    assert 'id="filters"' in html


def test_no_filter_is_counted_where_none_is_chosen(client: Client) -> None:
    html = text_of(client, "/ma/fr/cooperatives/")
    assert 'class="chip only-s" href="#filters"' in html
