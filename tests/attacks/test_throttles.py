"""Trying again and again: passwords, links of orders, stock that is kept from others."""

from collections.abc import Callable

from tests.attacks.recorder import Tried
from tests.attacks.visitor import TOKEN, Visitor

MEMBER = "laine@twiza.example"
OFFERED = "{ search(market: MA, first: 20) { hits { offer { variantId mostAtOnce } } } }"
ADDRESS = {
    "name": "Salma Bennani",
    "phone": "0661223344",
    "email": "salma@example.org",
    "country_code": "MA",
    "region_code": "MA-06",
    "city": "Casablanca",
    "line1": "12 rue des Orangers",
}


def guess(somebody: Visitor, email: str, **headers: str) -> int:
    token = TOKEN.search(somebody.get("/accounts/login/").text)
    assert token is not None
    data = {"login": email, "password": "not-the-password", "csrfmiddlewaretoken": token[1]}
    return somebody.post("/accounts/login/", data=data, headers=headers).status_code


def test_wrong_passwords_of_a_stranger_stop_the_stranger_only(
    visitor: Callable[[], Visitor], tried: Tried
) -> None:
    stranger = visitor()
    tries = [guess(stranger, MEMBER) for _ in range(12)]
    tried("twelve wrong passwords of one account from one address", tries)
    assert tries[-1] == 429
    owner = visitor().sign_in(MEMBER).status_code
    tried("the owner from her own address", owner)
    assert owner == 302


def test_a_typed_address_is_nobodys(visitor: Callable[[], Visitor], tried: Tried) -> None:
    stranger = visitor()
    email = "nobody-there@example.org"
    forged = ("X-Forwarded-For", "X-Real-IP", "Forwarded", "X-Client-IP", "CF-Connecting-IP")
    tries = [
        guess(stranger, email, **{forged[n % len(forged)]: f"198.51.100.{n}"}) for n in range(13)
    ]
    tried("wrong passwords, each with another typed address", tries)
    assert tries[-1] == 429


def test_links_of_orders_cannot_be_tried_for_ever(
    visitor: Callable[[], Visitor], tried: Tried
) -> None:
    stranger = visitor()
    tries = [stranger.get(f"/ma/fr/orders/{n:022}/").status_code for n in range(70)]
    tried("seventy invented links of orders", f"{tries.count(404)} unknown, {tries.count(429)} 429")
    assert tries[0] == 404
    assert tries[-1] == 429
    assert visitor().get("/ma/fr/orders/unknown/").status_code == 404


def test_one_basket_does_not_begin_to_buy_for_ever(
    visitor: Callable[[], Visitor], tried: Tried
) -> None:
    found = visitor().post("/api/graphql/", json={"query": OFFERED}).json()
    offers = [hit["offer"] for hit in found["data"]["search"]["hits"]]
    variant = max(offers, key=lambda offer: offer["mostAtOnce"])["variantId"]
    somebody = visitor()
    somebody.send_form("/ma/fr/basket/add/", {"variant": variant}, page="/accounts/login/")
    tries = [somebody.send_form("/ma/fr/checkout/", dict(ADDRESS)) for _ in range(32)]
    statuses = [answer.status_code for answer in tries]
    tried("a basket that begins to buy 32 times", f"{statuses.count(302)} times, then 429")
    assert tries[0].headers["Location"].endswith("/delivery/")
    assert statuses[-1] == 429
    assert int(tries[-1].headers["Retry-After"]) >= 1
    assert ADDRESS["line1"] in tries[-1].text
