"""Addresses and forms with what no page expects: nothing falls over, nothing changes."""

import re
from collections.abc import Callable
from urllib.parse import quote_from_bytes

import pytest

from tests.attacks.recorder import Tried
from tests.attacks.visitor import Visitor

HOSTILE = {
    "4,400 digits": b"9" * 4400,
    "twenty digits": b"9" * 20,
    "a null byte": b"a\x00b",
    "bytes that are no text": b"\xff\xfe\xed\xa0\x80",
    "a small two": "²".encode(),
    "NaN": b"NaN",
    "1e999999": b"1e999999",
    "a minus": b"-1",
    "ten thousand letters": b"x" * 10_000,
}
PARAMETERS = (
    "page",
    "q",
    "min",
    "max",
    "after",
    "sort",
    "region",
    "sector",
    "kind",
    "size",
    "next",
)
PAGES = (
    "/", "/ma/fr/", "/ma/fr/search/", "/ma/fr/search/suggest/", "/ma/fr/category/honey/",
    "/ma/fr/cooperatives/", "/ma/fr/basket/", "/language/ar/", "/accounts/login/",
)  # fmt: skip
LISTING = re.compile(r'href="(/ma/en/goods/[^"]*/)"')


@pytest.mark.parametrize("what", HOSTILE)
def test_no_page_falls_over_a_parameter(
    visitor: Callable[[], Visitor], tried: Tried, what: str
) -> None:
    somebody, answers = visitor(), set[int]()
    for page in PAGES:
        for name in PARAMETERS:
            said = quote_from_bytes(HOSTILE[what], safe="")
            answers.add(somebody.get(f"{page}?{name}={said}").status_code)
    tried(f"{what} in {len(PARAMETERS)} parameters of {len(PAGES)} pages", sorted(answers))
    assert max(answers) < 500


@pytest.mark.parametrize("what", HOSTILE)
def test_no_address_falls_over_its_end(
    visitor: Callable[[], Visitor], tried: Tried, what: str
) -> None:
    somebody, said = visitor(), quote_from_bytes(HOSTILE[what], safe="")
    answers = {
        somebody.get(f"{page}{said}/").status_code
        for page in ("/", "/ma/fr/", "/portal/", "/staff/", "/media/photos/", "/ma/fr/orders/")
    }
    tried(f"{what} at the end of an address", sorted(answers))
    assert max(answers) < 500


def test_what_is_no_quantity_changes_nothing(visitor: Callable[[], Visitor], tried: Tried) -> None:
    buyer = visitor()
    listing = LISTING.findall(buyer.get("/ma/en/search/").text)[0]
    variant = re.search(r'name="variant" value="([^"]+)"', buyer.get(listing).text)
    assert variant
    for quantity in ("NaN", "1e9", "1.5", "-1", "²", "9" * 4400, "0x2"):
        buyer.send_form(
            "/ma/en/basket/add/", {"variant": variant[1], "quantity": quantity}, page=listing
        )
        basket = buyer.get("/ma/en/basket/").text
        tried(f"{quantity[:10]} pieces into the basket", "empty" in basket)
        assert variant[1] not in basket


def test_a_strangers_callback_of_cmi_is_a_forgery(
    visitor: Callable[[], Visitor], tried: Tried
) -> None:
    for name in ("²", "a²b", "9" * 5000, "٣"):
        answer = visitor().post("/payments/cmi/callback/", data={name: "1", "HASH": "x"})
        tried(f"a callback of CMI with a field {name[:5]!r}", answer.status_code)
        assert answer.status_code < 500
