"""Queries that would cost the server much for few bytes."""

import threading
import time
from collections.abc import Callable

import httpx

from tests.attacks.recorder import Tried
from tests.attacks.visitor import Visitor

API = "/api/graphql/"
REPEATED = "{" + "sectors { code } " * 400 + "}"


def many(count: int, text: str) -> str:
    return " ".join(text.format(n=n) for n in range(count))


COSTLY = {
    "a field 400 times": REPEATED,
    "a field 400 times, in a comment's disguise": f"{REPEATED} # {{n}}",
    "a leaf 1,400 times": "{sectors{" + "code " * 1_400 + "}}",
    "through inline fragments": "{" + "... on Query { sectors { code } } " * 200 + "}",
    "fragments that multiply": (
        "{...F0} "
        + " ".join(f"fragment F{n} on Query {{ ...F{n + 1} ...F{n + 1} }}" for n in range(19))
        + " fragment F19 on Query { sectors { code } }"
    ),
    "a fragment in itself": "{...A} fragment A on Query { sectors { code } ...A }",
    "brackets": "{ sectors(a: " + "[" * 1_000 + "]" * 1_000 + ") { code } }",
    "400 aliases": "{" + many(400, "a{n}: sectors {{ code }}") + "}",
    "2,000 directives": "{ sectors " + "@a " * 2_000 + "{ code } }",
    "the schema 20 times": "{" + many(20, "a{n}: __schema {{ types {{ name }} }}") + "}",
    "four pages of a hundred": "{"
    + many(
        4,
        "a{n}: search(market: MA, first: 100) {{ hits {{ listing {{ offers {{ "
        "price {{ amount currency }} }} }} }} }}",
    )
    + "}",
}


def ask(somebody: httpx.Client, query: str) -> httpx.Response:
    return somebody.post(API, json={"query": query})


def test_costly_queries_are_refused_whole(visitor: Callable[[], Visitor], tried: Tried) -> None:
    for what, query in COSTLY.items():
        began = time.monotonic()
        answer = ask(visitor(), query)
        took = time.monotonic() - began
        code = answer.json()["errors"][0]["extensions"]["code"]
        tried(f"{what}, {len(query)} bytes", f"{answer.status_code} {code} in {took:.2f} s")
        assert answer.status_code == 400
        assert "data" not in answer.json()


def test_the_shop_goes_on_while_eight_ask_at_once(
    visitor: Callable[[], Visitor], tried: Tried
) -> None:
    visitor().get("/ma/fr/")  # what the first page warms up does not count
    quiet = _home(visitor())
    answers: list[int] = []

    def flood(somebody: Visitor, number: int) -> None:
        # Each a text of its own, so that none is remembered.
        texts = [f"{REPEATED} # {number} {n}" for n in range(20)]
        answers.extend(ask(somebody, text).status_code for text in texts)

    threads = [threading.Thread(target=flood, args=(visitor(), n)) for n in range(8)]
    for thread in threads:
        thread.start()
    busy = _home(visitor())
    for thread in threads:
        thread.join()
    tried("160 costly queries by eight at once", f"{sorted(set(answers))}")
    tried("the home page meanwhile", f"{busy:.2f} s, quiet {quiet:.2f} s")
    assert set(answers) == {400}


def test_the_limit_of_a_minute_is_charged_by_cost(
    visitor: Callable[[], Visitor], tried: Tried
) -> None:
    somebody = visitor()
    fields = "listing { name offers { price { amount } } }"
    query = f"{{ search(market: MA, first: 100) {{ hits {{ {fields} }} }} }}"
    statuses = [ask(somebody, query).status_code for _ in range(20)]
    cheap = [ask(visitor(), "{ sectors { code } }").status_code for _ in range(1)]
    tried("a query of cost about 3,400 twenty times", f"{statuses.count(200)} answered, then 429")
    assert 429 in statuses
    assert cheap == [200]
    last = ask(somebody, query)
    assert int(last.headers["Retry-After"]) >= 1


def test_lists_and_addresses_are_no_way_around(
    visitor: Callable[[], Visitor], tried: Tried
) -> None:
    somebody = visitor()
    batch = somebody.post(API, json=[{"query": "{ sectors { code } }"}] * 50)
    tried("fifty queries in a list", batch.status_code)
    assert batch.status_code == 400
    by_get = somebody.get(API, params={"query": "{ sectors { code } }"})
    tried("a query in the address", by_get.headers["Content-Type"])
    assert "data" not in by_get.text
    long = somebody.post(
        API, content=b"x" * 2_000_000, headers={"Content-Type": "application/json"}
    )
    tried("two megabytes", long.status_code)
    assert long.status_code == 413


def _home(somebody: Visitor) -> float:
    began = time.monotonic()
    assert somebody.get("/ma/fr/").status_code == 200
    return time.monotonic() - began
