"""Everything that a stranger can send has a limit, and a word that says which."""

import json
from typing import Any

import pytest
from django.test import Client

from marketplace.web.api import document_shape, limits
from tests.factories.vendors import make_user
from tests.web.api.asking import ADDRESS, ask, client_of, codes

pytestmark = pytest.mark.django_db


def post(body: Any, **options: Any) -> tuple[int, dict[str, Any]]:
    content = body if isinstance(body, str) else json.dumps(body)
    options.setdefault("content_type", "application/json")
    response = Client().generic("POST", ADDRESS, content, **options)
    return response.status_code, response.json()


def test_by_get_it_says_what_it_is() -> None:
    response = Client().get(ADDRESS)
    assert response.status_code == 200
    assert "POST" in response.content.decode()
    assert response["Content-Type"].startswith("text/plain")


@pytest.mark.parametrize(
    "body",
    ["{", "nothing", "12", '"text"', "{}", '{"query": 5}', '{"query": "a", "variables": 1}'],
)
def test_what_is_no_question_is_refused(body: str) -> None:
    status, found = post(body)
    assert (status, codes(found)) == (400, ["BAD_REQUEST"])


def test_a_form_is_refused() -> None:
    response = Client().post(ADDRESS, {"query": "{ sectors { code } }"})
    assert (response.status_code, codes(response.json())) == (415, ["BAD_REQUEST"])


def test_a_list_of_questions_is_refused() -> None:
    status, found = post([{"query": "{ sectors { code } }"}])
    assert (status, codes(found)) == (400, ["BATCH_REFUSED"])


def test_a_long_document_is_refused() -> None:
    status, found = post(
        {"query": "{ sectors { code } } #" + "x" * document_shape.LONGEST_DOCUMENT}
    )
    assert (status, codes(found)) == (400, ["TOO_LONG"])
    assert "10000" in found["errors"][0]["message"]


def test_a_large_body_is_refused() -> None:
    status, found = post({"query": "{ a }", "variables": {"x": "x" * limits.LONGEST_BODY}})
    assert (status, codes(found)) == (413, ["TOO_LONG"])


def test_many_signs_in_few_letters_are_refused() -> None:
    _status, found = post({"query": "{" + "a " * (document_shape.MOST_TOKENS + 1) + "}"})
    assert codes(found) == ["TOO_MANY_FIELDS"]


@pytest.mark.parametrize("depth", [50, 400])
def test_a_deep_document_is_refused(depth: int) -> None:
    document = "{" + "... on Query {" * depth + "sectors { code }" + "}" * depth + "}"
    status, found = post({"query": document})
    assert status in {200, 400}
    assert codes(found) in ([], ["TOO_DEEP"], ["INVALID_DOCUMENT"])


def test_fields_inside_one_another_end_somewhere(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(document_shape, "DEEPEST", 2)
    found = ask('{ programme(slug: "x") { vendorOrders { totalCount } } }')
    assert codes(found) == ["TOO_DEEP"]


def test_the_deepest_useful_question_fits() -> None:
    document = """{ cooperative(slug: "x") { listings(market: MA, first: 5) {
      edges { node { offers { price { amount } } } } } } }"""
    assert codes(ask(document)) == ["NOT_FOUND"]


def test_types_of_types_of_types_are_refused() -> None:
    inner = "name"
    for _ in range(3):
        inner = f"fields {{ type {{ {inner} }} }}"
    found = ask("{ __schema { types { %s } } }" % inner)  # noqa: UP031
    assert codes(found) == ["INVALID_DOCUMENT"]
    assert "introspection depth" in found["errors"][0]["message"]


def test_many_aliases_are_refused() -> None:
    many = " ".join(f"a{n}: sectors {{ code }}" for n in range(document_shape.MOST_ALIASES + 1))
    assert codes(ask(f"{{ {many} }}")) == ["TOO_MANY_ALIASES"]


@pytest.mark.parametrize(
    ("first", "cost"),
    [
        ("first: 100", 1 + 50 + 1 + 100 * 2),
        ("", 1 + 50 + 1 + 20 * 2),
        ("first: 7", 1 + 50 + 1 + 14),
    ],
)
def test_the_cost_is_fields_times_pages(
    first: str, cost: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    arguments = f"({first})" if first else ""
    document = f"{{ cooperatives{arguments} {{ edges {{ node {{ slug }} }} }} }}"
    monkeypatch.setattr(limits, "HIGHEST_COST", cost - 1)
    refused = ask(document)
    assert codes(refused) == ["TOO_COSTLY"]
    assert str(cost) in refused["errors"][0]["message"]
    monkeypatch.setattr(limits, "HIGHEST_COST", cost)
    assert codes(ask(document)) == []


def test_a_page_size_in_the_variables_counts_too(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "HIGHEST_COST", 200)
    document = "query($n: Int = 100) { cooperatives(first: $n) { edges { node { slug } } } }"
    assert codes(ask(document)) == ["TOO_COSTLY"]
    assert codes(ask(document, n=100)) == ["TOO_COSTLY"]
    assert codes(ask(document, n=5)) == []


def test_fragments_that_multiply_are_weighed_quickly() -> None:
    offers = "offers { price { amount } }"
    fragments = f"fragment F0 on Listing {{ {offers} }} " + " ".join(
        f"fragment F{n} on Listing {{ {f'...F{n - 1} ' * 4} }}" for n in range(1, 10)
    )
    document = "{ search(market: MA, first: 100) { hits { listing { ...F9 } } } } " + fragments
    assert codes(ask(document)) == ["TOO_MANY_FIELDS"]


def test_a_fragment_costs_what_its_fields_cost_in_place(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "HIGHEST_COST", 1_000)
    inner = "listing { offers { price { amount currency } } cooperative { name place } }"
    fragment = f"fragment F on SearchHit {{ {inner} }}"
    document = "{ search(market: MA, first: 100) { hits { %s } } } "
    in_place, spread = ask(document % inner), ask(document % "...F" + fragment)
    assert codes(in_place) == codes(spread) == ["TOO_COSTLY"]
    assert in_place["errors"] == spread["errors"]


def test_a_whole_number_written_with_a_point_is_a_page_size_too(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(limits, "HIGHEST_COST", 200)
    document = "query($n: Int) { cooperatives(first: $n) { edges { node { slug } } } }"
    assert codes(ask(document, n=100.0)) == ["TOO_COSTLY"]


@pytest.mark.parametrize("first", [0, -1, 101, 2_000_000_000])
def test_a_page_is_one_to_a_hundred(first: int) -> None:
    found = ask("query($n: Int) { cooperatives(first: $n) { totalCount } }", n=first)
    assert codes(found) == ["BAD_PAGE_SIZE"]
    assert "100" in found["errors"][0]["message"]


@pytest.mark.parametrize(
    "after", ["x", "WyJhIl0=", "WyJhIiwgImIiXQ==", "W10=", "WyJcdTAwMDAiLCAiYiJd"]
)
def test_a_made_up_cursor_is_refused(after: str) -> None:
    found = ask("query($a: String) { cooperatives(after: $a) { totalCount } }", a=after)
    assert codes(found) == ["BAD_CURSOR"]


def test_signs_that_the_database_cannot_hold_are_left_out() -> None:
    document = """query($t: String) {
      search(market: MA, text: $t) { total }
      cooperatives(filter: {text: $t, region: $t}) { totalCount }
    }"""
    assert codes(ask(document, t="\x00honey\x00")) == []


def test_a_fault_of_ours_tells_nothing_but_a_number(monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_args: object, **_kwargs: object) -> None:
        raise RuntimeError("a secret of the house")

    monkeypatch.setattr("vendors.queries.directory_rows", broken)
    found = ask("{ cooperatives { totalCount } }")
    assert codes(found) == ["INTERNAL"]
    assert "secret" not in str(found)


def test_a_signed_in_browser_must_show_its_token() -> None:
    client = client_of(make_user("Salma"), enforce_csrf_checks=True)
    body = {"query": "{ sectors { code } }"}
    refused = client.post(ADDRESS, body, content_type="application/json")
    assert (refused.status_code, codes(refused.json())) == (403, ["CSRF_FAILED"])

    token = client.get(ADDRESS).cookies["csrftoken"].value
    headers = {"X-CSRFToken": token}
    answered = client.post(ADDRESS, body, content_type="application/json", headers=headers)
    assert answered.status_code == 200


def test_a_stranger_needs_no_token() -> None:
    client = Client(enforce_csrf_checks=True)
    answered = client.post(
        ADDRESS, {"query": "{ sectors { code } }"}, content_type="application/json"
    )
    assert answered.status_code == 200
    assert len(answered.json()["data"]["sectors"]) == 18
