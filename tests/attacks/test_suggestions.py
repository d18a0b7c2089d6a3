"""Strangers who want everybody to read what they type: in suggestions, pages and the API."""

import re
from collections.abc import Callable

import pytest

from tests.attacks.recorder import Tried
from tests.attacks.visitor import Visitor

BROWSER = "Mozilla/5.0 (Android 14; Mobile; rv:130.0) Gecko/130.0 Firefox/130.0"
SHOP = "/ma/fr"
MEMBER = "laine@twiza.example"
LISTING = re.compile(r'class="card__name"><a href="([^"]+)"[^>]*>([^<]+)</a>')
SUGGESTED = re.compile(r'data-href="([^"]*)"')
SLANDER = [
    "huile timzit voleurs",
    "hui\u200ble timzit vole\u00adurs",
    "\u202eruelov timzit eliuh",
    "ｈｕｉｌｅ ｖｏｌｅｕｒｓ",
    "hu\u0456le voleurs",
    "huile <img src=x onerror=alert(1)>",
    "huile https://evil.example",
    "huile " * 30,
    "huile " + "v" * 4000,
    "زيت سرّاق",
]


def browser(visitor: Callable[[], Visitor]) -> Visitor:
    somebody = visitor()
    somebody.headers["User-Agent"] = BROWSER
    return somebody


def suggested(somebody: Visitor, prefix: str) -> list[str]:
    """What the search box offers to search for."""
    page = somebody.get(f"{SHOP}/search/suggest/", params={"q": prefix})
    assert page.status_code == 200
    return [link for link in SUGGESTED.findall(page.text) if "/search/?" in link]


@pytest.mark.parametrize("text", SLANDER, ids=range(len(SLANDER)))
def test_what_no_listing_says_is_suggested_to_nobody(
    visitor: Callable[[], Visitor], tried: Tried, text: str
) -> None:
    for _ in range(5):
        page = browser(visitor).get(f"{SHOP}/search/", params={"q": text})
        assert page.status_code == 200
        assert "noindex" in page.headers["X-Robots-Tag"]
        assert "<img src=x" not in page.text
    reader = browser(visitor)
    seen = [link for n in (2, 4, 8) for link in suggested(reader, text[:n])]
    document = "query($t: String!) { suggestions(market: MA, text: $t) { kind value } }"
    answer = reader.post("/api/graphql/", json={"query": document, "variables": {"t": text[:4]}})
    kinds = [one["kind"] for one in (answer.json().get("data") or {}).get("suggestions") or []]

    tried(f"five visitors search {text[:40]!r}", f"suggested {seen}, by the API {kinds}")
    assert seen == []
    assert "QUERY" not in {str(kind).upper() for kind in kinds}


def test_the_same_visitor_and_robots_do_not_make_a_search_common(
    visitor: Callable[[], Visitor], tried: Tried
) -> None:
    name = a_listing(browser(visitor))
    one = browser(visitor)
    for _ in range(6):
        one.get(f"{SHOP}/search/", params={"q": name})
    for agent in ("Googlebot/2.1", "curl/8.5.0", "python-requests/2.32"):
        robot = visitor()
        robot.headers["User-Agent"] = agent
        robot.get(f"{SHOP}/search/", params={"q": name})
    seen = suggested(one, name[:4])
    tried(f"one visitor six times and three robots search {name!r}", f"suggested {seen}")
    assert seen == []

    for _ in range(2):
        browser(visitor).get(f"{SHOP}/search/", params={"q": name})
    seen = suggested(one, name[:4])
    tried("and two visitors more", f"suggested {seen}")
    assert len(seen) == 1


def test_a_cooperative_does_not_read_what_strangers_typed(
    visitor: Callable[[], Visitor], tried: Tried
) -> None:
    for _ in range(4):
        browser(visitor).get(f"{SHOP}/search/", params={"q": "tapis laine voleurs"})
    member = visitor()
    assert member.sign_in(MEMBER).status_code == 302
    home = member.get("/accounts/home/", follow_redirects=True)
    portal = re.search(r"/portal/([\w-]+)/", f"{home.url} {home.text}")
    assert portal
    page = member.get(f"/portal/{portal[1]}/searches/")
    tried("slander on a cooperative's page of searches", "voleurs" in page.text)
    assert page.status_code == 200
    assert "voleurs" not in page.text


def a_listing(somebody: Visitor) -> str:
    """The name of a listing that the shop has, whose words a search can be made of."""
    page = somebody.get(f"{SHOP}/search/", params={"q": "miel"})
    names = [name for _link, name in LISTING.findall(page.text)]
    begun = [re.match(r"[A-Za-zÀ-ÿ]+ de [A-Za-zÀ-ÿ]+", name) for name in names]
    plain = [found[0] for found in begun if found]
    assert plain, names
    return plain[0].lower()
