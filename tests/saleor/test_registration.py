"""Installing our App: the manifest asks for little, and a token must prove itself."""

import re

import httpx
import pytest
from django.db import connection
from django.test import Client

from marketplace.saleor import instances
from marketplace.saleor.manifest import PERMISSIONS, manifest
from marketplace.saleor.webhooks.subscriptions import ASYNCHRONOUS, SYNCHRONOUS
from tests.fakes.engine import FakeEngine, use
from tests.fakes.signing import Signer

pytestmark = pytest.mark.django_db

SHOP = {"domain": {"host": "saleor.example"}}


@pytest.fixture
def engine(monkeypatch: pytest.MonkeyPatch) -> FakeEngine:
    fake = FakeEngine()
    use(monkeypatch, fake)
    app = {"id": "QXBwOjE=", "identifier": "twiza.marketplace", "isActive": True}
    fake.on("OwnApp", {"app": app, "shop": SHOP})
    keys = Signer().jwks
    fake.answers["/.well-known/jwks.json"] = lambda _r: httpx.Response(200, json=keys)
    return fake


def hand_over(token: object = "the-token", domain: str = "saleor.example") -> int:
    headers = {"Saleor-Domain": domain, "Saleor-Api-Url": "http://evil.example/graphql/"}
    return (
        Client()
        .post(
            "/saleor/register",
            {"auth_token": token},
            content_type="application/json",
            headers=headers,
        )
        .status_code
    )


def test_a_token_that_the_configured_engine_knows_is_kept(engine: FakeEngine) -> None:
    assert hand_over() == 200

    instance = instances.current()
    assert instance.app_token == "the-token"
    assert instance.domain == "saleor.example"
    assert instance.app_id == "QXBwOjE="
    assert instance.jwks["keys"][0]["kid"] == "key-1"
    # The address in the unsigned request is not believed: the configured engine was asked.
    assert {request.url.host for request in engine.requests} == {"engine.twiza.internal"}
    assert engine.requests[0].headers["Authorization"] == "Bearer the-token"


@pytest.mark.parametrize(
    "app", [None, {"id": "QXBwOjI=", "identifier": "another.app", "isActive": True}]
)
def test_a_token_of_nobody_or_of_another_app_changes_nothing(
    engine: FakeEngine, app: dict[str, object] | None
) -> None:
    hand_over()
    engine.on("OwnApp", {"app": app, "shop": SHOP})

    assert hand_over("stolen") == 403
    assert instances.current().app_token == "the-token"


def test_a_token_from_another_saleor_than_the_configured_one_is_not_taken(
    engine: FakeEngine,
) -> None:
    assert hand_over(domain="other.example") == 403
    assert instances.current().app_token == ""


def test_the_token_is_not_readable_in_the_database(engine: FakeEngine) -> None:
    hand_over()

    with connection.cursor() as cursor:
        cursor.execute("SELECT app_token FROM saleor_engineinstance")
        (stored,) = cursor.fetchone()
    assert "the-token" not in str(stored)


def test_while_the_engine_is_unavailable_the_token_is_not_taken(engine: FakeEngine) -> None:
    engine.on("OwnApp", None, status=502)

    assert hand_over() == 503
    assert instances.current().app_token == ""


@pytest.mark.parametrize("body", ["", "[]", "{}", "nonsense"])
def test_nonsense_is_refused(engine: FakeEngine, body: str) -> None:
    answer = Client().post("/saleor/register", body, content_type="application/json")

    assert answer.status_code == 400
    assert engine.requests == []


def test_the_manifest_names_addresses_permissions_and_events() -> None:
    found = Client().get("/saleor/manifest").json()

    assert found == manifest()
    assert found["tokenTargetUrl"] == "http://localhost:8000/saleor/register"
    assert found["permissions"] == list(PERMISSIONS)
    events = [e for w in found["webhooks"] for e in w.get("asyncEvents", w.get("syncEvents"))]
    assert len(events) == len(set(events)) == 35
    taxes = [w for w in found["webhooks"] if w.get("syncEvents") == ["ORDER_CALCULATE_TAXES"]]
    assert taxes[0]["targetUrl"] == "http://localhost:8000/saleor/sync/order_calculate_taxes/"


def test_no_permission_over_people_is_asked() -> None:
    people = {"MANAGE_USERS", "MANAGE_STAFF", "IMPERSONATE_USER", "MANAGE_APPS"}
    assert not people & set(PERMISSIONS)


def test_each_subscription_selects_exactly_the_types_of_its_events() -> None:
    for subscription in (*ASYNCHRONOUS, *SYNCHRONOUS):
        named = set(re.findall(r"\.\.\. on (\w+) \{", subscription.query))
        for event in subscription.events:
            kind = "CalculateTaxes" if "TAXES" in event else event.title().replace("_", "")
            assert kind in named, event
