"""Requests of the embedded engine to our own pages, in this process."""

import httpx
import pytest
from django.core.signals import request_finished, request_started
from django.utils import translation

from marketplace.saleor.transport import app_transport, engine_transport

pytestmark = pytest.mark.django_db


@pytest.fixture
def http() -> httpx.Client:
    return httpx.Client(transport=app_transport(), base_url="http://localhost:8000")


def test_our_pages_answer_with_status_headers_and_body(http: httpx.Client) -> None:
    answer = http.get("/saleor/manifest", headers={"Saleor-Schema-Version": "3.23"})

    assert answer.status_code == 200
    assert answer.headers["Content-Type"] == "application/json"
    assert answer.json()["id"] == "twiza.marketplace"


def test_a_body_and_its_headers_arrive(http: httpx.Client) -> None:
    assert http.post("/saleor/register", json={"wrong": 1}).status_code == 400
    assert http.get("/saleor/webhooks/").status_code == 405
    assert http.get("/nothing/here/?x=%C3%A9").status_code == 404


def test_neither_signals_nor_the_language_of_the_caller_are_touched(http: httpx.Client) -> None:
    heard: list[object] = []

    def hear(**_facts: object) -> None:
        heard.append(1)

    request_started.connect(hear)
    request_finished.connect(hear)
    try:
        with translation.override("ar"):
            http.get("/saleor/manifest", headers={"Accept-Language": "fr"})
            assert translation.get_language() == "ar"
    finally:
        request_started.disconnect(hear)
        request_finished.disconnect(hear)
    assert heard == []


def test_a_real_saleor_keeps_its_connections(settings: object) -> None:
    settings.SALEOR_API_URL = "https://shop.example/graphql/"  # type: ignore[attr-defined]

    transport = engine_transport()
    transport.close()

    assert type(transport).__name__ == "_Kept"
    assert transport._shared is engine_transport()._shared  # type: ignore[attr-defined]
