"""What the page says of an amount while somebody types it."""

import pytest
from django.test import Client

ASKED = {"field": "price", "in": "MAD", "limits": "price", "language": "fr", "market": "ma"}


def beside(client: Client, typed: str, **asked: str) -> str:
    answer = client.get("/amount-reading/", ASKED | {"price": typed} | asked)
    assert answer.status_code == 200
    return answer.content.decode()


@pytest.mark.parametrize(
    ("language", "typed", "said"),
    [
        ("fr", "12,5", "12,50\u00a0DH"),
        ("ar", "١٢٫٥٠", "12,50\u00a0د.م."),
        ("en", "1,234.5", "MAD\u00a01\u202f234.50"),
        ("fr", "abc", "Saisissez le montant en chiffres, par "),
    ],
)
def test_the_amount_is_repeated_in_full(
    client: Client, language: str, typed: str, said: str
) -> None:
    assert said in beside(client, typed, language=language)


def test_both_readings_can_be_chosen_before_the_form_is_sent(client: Client) -> None:
    page = beside(client, "1,500")

    assert 'name="price-reading" value="150"' in page
    assert 'name="price-reading" value="150000"' in page


def test_the_currency_may_be_that_of_another_field(client: Client) -> None:
    assert "12,50" in beside(client, "12,5", **{"in": "", "currency": "tnd"})


@pytest.mark.parametrize(
    "asked", [{"in": "XXQ"}, {"in": ""}, {"price": ""}, {"price": "9" * 500}, {"price": "\0"}]
)
def test_where_there_is_nothing_to_say_nothing_is_said(
    client: Client, asked: dict[str, str]
) -> None:
    assert "<label" not in beside(client, **{"typed": "12", **asked})


@pytest.mark.parametrize("asked", [{"language": "xx"}, {"limits": "none"}])
def test_an_address_that_no_page_has_is_not_found(client: Client, asked: dict[str, str]) -> None:
    assert client.get("/amount-reading/", ASKED | asked).status_code == 404
