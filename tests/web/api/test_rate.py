"""An address that asks too often waits, and is told how long."""

import pytest
from django.test import Client
from pytest_django import Settings

pytestmark = pytest.mark.django_db


def test_too_many_questions_are_refused_with_the_time_to_wait(
    client: Client, settings: Settings
) -> None:
    settings.API_A_MINUTE = 4
    asked = [
        client.post(
            "/api/graphql/", {"query": "{ __typename }"}, content_type="application/json",
            headers={"Accept-Language": "fr"},
        )
        for _ in range(2)
    ]  # fmt: skip
    assert [answer.status_code for answer in asked] == [200, 429]
    assert 1 <= int(asked[1].headers["Retry-After"]) <= 15
    error = asked[1].json()["errors"][0]
    assert error["extensions"]["code"] == "TOO_OFTEN"
    assert error["message"].startswith("Trop de requêtes")


def test_a_costly_query_counts_as_several(client: Client, settings: Settings) -> None:
    settings.API_A_MINUTE = 44  # eleven at once
    query = "{ cooperatives(first: 100) { edges { node { slug name place tagline } } } }"  # 552
    statuses = []
    for _ in range(4):
        answer = client.post("/api/graphql/", {"query": query}, content_type="application/json")
        statuses.append(answer.status_code)
    assert statuses == [200, 200, 200, 429]
    assert "data" not in answer.json()
    assert int(answer.headers["Retry-After"]) >= 1
    answer = client.post("/api/graphql/", {"query": "{ x }"}, content_type="application/json")
    assert answer.status_code == 400  # a cheap one still fits
