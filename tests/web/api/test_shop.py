"""What anybody reads: cooperatives, listings, search, and the lists to narrow by."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from search.indexing.index import reindex
from tests.factories.listings import LONG_AGO, listing_page
from tests.factories.vendors import make_cooperative, make_programme, make_published
from tests.web.api.asking import ask, client_of, codes, data
from vendors.models import Cooperative

pytestmark = pytest.mark.django_db

DIRECTORY = """query($first: Int, $after: String, $filter: CooperativeFilter) {
  cooperatives(first: $first, after: $after, filter: $filter) {
    edges { cursor node { slug name regionName place kind } }
    pageInfo { hasNextPage endCursor }
    totalCount
  }
}"""


def publish(count: int) -> list[Cooperative]:
    """Cooperatives, the last one first as the directory shows them."""
    found = [make_published(f"coop-{n}", name=f"Coopérative {n}") for n in range(count)]
    return found[::-1]


def slugs(page: dict[str, object]) -> list[str]:
    return [edge["node"]["slug"] for edge in page["edges"]]  # type: ignore[attr-defined]


def test_the_directory_goes_page_by_page_to_its_end() -> None:
    wanted = [cooperative.slug for cooperative in publish(5)]
    seen, after = [], None
    for _ in range(3):
        page = data(DIRECTORY, first=2, after=after)["cooperatives"]
        assert page["totalCount"] == 5
        seen += slugs(page)
        after = page["pageInfo"]["endCursor"]
    assert seen == wanted
    assert page["pageInfo"]["hasNextPage"] is False


def test_a_cursor_stays_good_when_others_come_and_go() -> None:
    wanted = publish(4)
    first = data(DIRECTORY, first=2)["cooperatives"]
    make_published("a-new-one")
    wanted[0].status = "paused"
    wanted[0].save()
    second = data(DIRECTORY, first=2, after=first["pageInfo"]["endCursor"])["cooperatives"]
    assert slugs(second) == [wanted[2].slug, wanted[3].slug]


def test_cooperatives_are_narrowed() -> None:
    publish(1)
    make_published("zagora", region="MA-08", name="Miel de Zagora")
    by_region = data(DIRECTORY, filter={"region": "MA-08"})["cooperatives"]
    by_text = data(DIRECTORY, filter={"text": "miel"})["cooperatives"]
    none = data(DIRECTORY, filter={"kind": "YOUTH"})["cooperatives"]
    assert slugs(by_region) == slugs(by_text) == ["zagora"]
    assert (slugs(none), none["totalCount"]) == ([], 0)


def test_who_is_not_published_is_not_there() -> None:
    make_cooperative(make_programme(), "hidden")
    assert data(DIRECTORY)["cooperatives"]["totalCount"] == 0
    found = ask('{ cooperative(slug: "hidden") { name } }')
    assert (found["data"], codes(found)) == ({"cooperative": None}, ["NOT_FOUND"])


def test_a_cooperative_speaks_the_language_asked_for() -> None:
    make_published("tamounte", name="Tamounte")
    document = """query($l: Language) { cooperative(slug: "tamounte", language: $l) {
      name regionName sectorName kind language foundedYear } }"""
    french = data(document, l="FR")["cooperative"]
    arabic = data(document, l="AR")["cooperative"]
    assert french == {
        "name": "Tamounte", "regionName": "Souss-Massa", "sectorName": "argan",
        "kind": "WOMEN", "language": "fr", "foundedYear": None,
    }  # fmt: skip
    assert arabic["regionName"] != "Souss-Massa"


def test_the_request_says_the_language_else() -> None:
    document = "{ sectors { code name } }"
    french = data(document, language="fr")["sectors"]
    english = data(document, language="en")["sectors"]
    assert {"code": "retail", "name": "retail traders"} in english
    assert french != english


def test_a_listing_has_the_prices_of_the_market() -> None:
    page = listing_page(prices={"ma": 9500, "tn": 32_500}, available=300, net_quantity="250 g")
    document = """query($s: String!, $m: Market!) { listing(slug: $s, market: $m, language: FR) {
      id name cooperative { slug } netQuantity photos
      offers { mostAtOnce price { amountMinor currency amount } } } }"""
    moroccan = data(document, s=page.slug, m="MA")["listing"]
    tunisian = data(document, s=page.slug, m="TN")["listing"]
    assert moroccan["id"] == str(page.listing_id)
    assert moroccan["cooperative"] == {"slug": "tafraout"}
    assert moroccan["offers"] == [
        {"mostAtOnce": 20, "price": {"amountMinor": 9500, "currency": "MAD", "amount": "95.00"}}
    ]
    assert tunisian["offers"][0]["price"]["amount"] == "32.500"
    assert codes(ask(document, s=page.slug, m="EG")) == ["NOT_FOUND"]


def test_a_listing_that_is_not_published_is_not_there() -> None:
    page = listing_page(is_published=False)
    document = f'{{ listing(slug: "{page.slug}", market: MA) {{ name }} }}'
    assert codes(ask(document)) == ["NOT_FOUND"]


SEARCH = """query($text: String, $filter: SearchFilter, $first: Int, $page: Int) {
  search(market: MA, language: FR, text: $text, filter: $filter, first: $first, page: $page) {
    total page pages isRelaxed correctedText
    hits { listing { slug } offer { price { amountMinor } } }
    facets { name choices { value label count selected } }
    lowestPrice { amount } highestPrice { amount }
  }
}"""


def test_search_says_what_it_read_dropped_and_offers() -> None:
    document = """query($text: String, $reads: Boolean) {
      search(market: MA, language: FR, text: $text, readsPrices: $reads) {
        total isRelaxed droppedWords inStockCount
        lowestPriceRead { amount } highestPriceRead { amount }
        priceSteps { lowest { amount } highest { amount } count }
        offered { name value label count rest } } }"""
    listing_page("saffron", prices={"ma": 5000})
    listing_page("saffron", prices={"ma": 25_000}, region_code="MA-08")
    reindex()

    read = data(document, text="safran moins de 100 dh")["search"]
    assert (read["total"], read["highestPriceRead"]) == (1, {"amount": "100.00"})
    assert read["lowestPriceRead"] is None
    assert data(document, text="safran moins de 100 dh", reads=False)["search"]["total"] == 2

    dropped = data(document, text="safran volcanique")["search"]
    assert (dropped["isRelaxed"], dropped["droppedWords"]) == (True, ["volcanique"])
    assert sum(step["count"] for step in dropped["priceSteps"]) == 2

    offered = data(document, text="safran draa-tafilalet")["search"]["offered"]
    told = [(each["name"], each["value"], each["rest"]) for each in offered]
    assert ("regions", "MA-08", "safran") in told


def test_pages_follow_one_another_by_their_token() -> None:
    document = """query($after: String) {
      search(market: MA, text: "miel", first: 2, after: $after) {
        hits { listing { slug } } nextPage } }"""
    made = [listing_page("honey-thyme", cooperative_slug=f"coop-{n}").slug for n in range(5)]
    reindex()

    seen, token = [], ""
    for _ in range(3):
        page = data(document, after=token)["search"]
        seen += [hit["listing"]["slug"] for hit in page["hits"]]
        token = page["nextPage"]

    assert sorted(seen) == sorted(made)
    assert token == ""
    assert data(document, after="not ours")["search"]["nextPage"]


def test_suggestions_for_the_beginning_of_a_question() -> None:
    document = """query($text: String!) {
      suggestions(market: MA, language: FR, text: $text) { kind value label note } }"""
    listing = listing_page("honey-thyme", cooperative_slug="tafraout")
    reindex()

    found = data(document, text="mie")["suggestions"]

    assert {"category", "listing"} <= {each["kind"] for each in found}
    assert listing.slug in {each["value"] for each in found}
    assert data(document, text="m")["suggestions"] == []


def test_search_finds_counts_and_narrows() -> None:
    cheap = listing_page("honey-thyme", prices={"ma": 5000})
    dear = listing_page("honey-thyme", prices={"ma": 9000}, region_code="MA-08")
    listing_page("argan-culinary")
    reindex()
    found = data(SEARCH, text="miel")["search"]
    assert found["total"] == 2
    assert {hit["listing"]["slug"] for hit in found["hits"]} == {cheap.slug, dear.slug}
    assert (found["lowestPrice"], found["highestPrice"]) == (
        {"amount": "50.00"}, {"amount": "90.00"},
    )  # fmt: skip
    regions = next(group for group in found["facets"] if group["name"] == "regions")
    assert {choice["value"]: choice["count"] for choice in regions["choices"]} == {
        "MA-08": 1, "MA-09": 1,
    }  # fmt: skip

    narrowed = data(SEARCH, text="miel", filter={"regions": ["MA-08"]})["search"]
    assert [hit["listing"]["slug"] for hit in narrowed["hits"]] == [dear.slug]

    paged = data(SEARCH, text="miel", first=1, page=2)["search"]
    assert (paged["page"], paged["pages"], len(paged["hits"])) == (2, 2, 1)


def test_a_page_that_cannot_be_is_refused() -> None:
    assert codes(ask(SEARCH, page=0)) == ["BAD_VALUE"]
    assert codes(ask(SEARCH, first=101)) == ["BAD_PAGE_SIZE"]


def test_the_lists_to_narrow_by() -> None:
    make_published("zagora", region="MA-08")
    listing_page("honey-thyme")
    document = """{
      regions(language: FR) { code name }
      all: regions(country: "MA") { code }
      categories { code }
      filled: categories(market: MA, language: EN) { code name }
    }"""
    found = data(document)
    assert found["regions"] == [{"code": "MA-08", "name": "Drâa-Tafilalet"}]
    assert len(found["all"]) == 12
    assert len(found["categories"]) == 24
    assert found["filled"] == [{"code": "honey", "name": "Honey and syrups"}]


def test_a_cooperatives_listings_go_page_by_page() -> None:
    make_published("tafraout")
    pages = [
        listing_page(published_at=LONG_AGO + timedelta(days=n), cooperative_slug="tafraout")
        for n in range(3)
    ]
    undated = listing_page(published_at=None, cooperative_slug="tafraout")
    document = """query($after: String) { cooperative(slug: "tafraout") {
      listings(market: MA, first: 2, after: $after) {
        edges { node { slug } } pageInfo { endCursor hasNextPage } totalCount } } }"""
    first = data(document)["cooperative"]["listings"]
    second = data(document, after=first["pageInfo"]["endCursor"])["cooperative"]["listings"]
    assert slugs(first) == [pages[2].slug, pages[1].slug]
    assert slugs(second) == [pages[0].slug, undated.slug]
    assert (second["totalCount"], second["pageInfo"]["hasNextPage"]) == (4, False)


@pytest.mark.parametrize(
    "document",
    [
        "{ cooperatives(first: 50) { edges { node { name tagline regionName } } } }",
        """{ cooperative(slug: "tafraout") { listings(market: MA, first: 50) {
             edges { node { name cooperative { name } offers { weightGrams } } } } } }""",
        """{ search(market: MA, first: 50) { hits { listing { name offers { weightGrams } }
             offer { weightGrams } } facets { choices { label } } } }""",
    ],
)
def test_more_rows_take_no_more_queries(document: str) -> None:
    def asked() -> int:
        with CaptureQueriesContext(connection) as queries:
            data(document, client=client)
        return len(queries)

    def count() -> int:
        # The second time nothing is read anew that is kept for some seconds.
        return min(asked(), asked())

    client = client_of()
    make_published("tafraout")
    listing_page(cooperative_slug="tafraout", weight_grams=0)
    reindex()
    one = count()
    for n in range(6):
        make_published(f"coop-{n}")
        listing_page(cooperative_slug="tafraout", weight_grams=0)
    reindex()
    assert count() == one
    assert one <= 8
