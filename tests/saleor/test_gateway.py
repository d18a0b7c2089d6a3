"""Speaking to the engine: tokens, refusals, failures, and ids."""

from uuid import uuid4

import httpx
import pytest

from marketplace.core.logs import OutageFilter
from marketplace.saleor import ids, instances
from marketplace.saleor.answers import accepted
from marketplace.saleor.errors import EngineRefused, EngineUnavailable, NotInstalled, UnknownId
from marketplace.saleor.gateway import app_client, storefront_client
from tests.fakes.engine import FakeEngine, use

pytestmark = pytest.mark.django_db


@pytest.fixture
def engine(monkeypatch: pytest.MonkeyPatch) -> FakeEngine:
    fake = FakeEngine()
    use(monkeypatch, fake)
    fake.on("PageBySlug", {"page": None})
    return fake


def test_our_app_shows_its_token_and_a_buyers_call_shows_none(engine: FakeEngine) -> None:
    instance = instances.current()
    instance.app_token = "the-token"
    instance.save()

    app_client().page_by_slug("tamounte")
    storefront_client().page_by_slug("tamounte")

    assert engine.requests[0].headers["Authorization"] == "Bearer the-token"
    assert "Authorization" not in engine.requests[1].headers
    assert engine.variables() == {"slug": "tamounte"}


def test_without_a_token_our_app_does_not_speak(engine: FakeEngine) -> None:
    with pytest.raises(NotInstalled):
        app_client()
    assert engine.requests == []


def test_the_token_is_kept_encrypted(owner_connection: object) -> None:
    instance = instances.current()
    instance.app_token = "the-token"
    instance.save()
    instance.refresh_from_db()

    assert instance.app_token == "the-token"
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("SELECT app_token FROM saleor_engineinstance")
        assert "the-token" not in cursor.fetchone()[0]


@pytest.mark.parametrize("status", [500, 502, 503, 429])
def test_a_failing_engine_is_unavailable(engine: FakeEngine, status: int) -> None:
    engine.on("PageBySlug", None, status=status)

    with pytest.raises(EngineUnavailable) as caught:
        storefront_client().page_by_slug("x")
    assert caught.value.retry
    assert caught.value.reason == f"HTTP {status}"


def test_an_engine_out_of_reach_is_unavailable_and_the_log_says_so(
    engine: FakeEngine, caplog: pytest.LogCaptureFixture
) -> None:
    def refuse(request: httpx.Request) -> httpx.Response:
        raise httpx.ConnectError("refused", request=request)

    engine.answers["PageBySlug"] = refuse
    with pytest.raises(EngineUnavailable):
        storefront_client().page_by_slug("x")
    [said] = caplog.records
    OutageFilter().filter(said)
    assert said.getMessage().startswith("The commerce engine does not answer")
    assert said.getMessage().endswith("ConnectError")


@pytest.mark.parametrize("status", [200, 400])
def test_a_top_level_error_is_a_refusal_with_its_code(engine: FakeEngine, status: int) -> None:
    problem = {
        "message": "You need one of the following permissions",
        "path": ["page"],
        "extensions": {"exception": {"code": "PermissionDenied"}},
    }
    engine.on("PageBySlug", {"page": None}, status=status, errors=[problem])

    with pytest.raises(EngineRefused) as caught:
        storefront_client().page_by_slug("x")
    assert caught.value.codes == ("PermissionDenied",)
    assert not caught.value.retry


def test_the_engines_own_failure_is_worth_another_try(engine: FakeEngine) -> None:
    problem = {
        "message": "Internal Server Error",
        "extensions": {"exception": {"code": "IntegrityError"}},
    }
    engine.on("PageBySlug", None, errors=[problem])

    with pytest.raises(EngineUnavailable):
        storefront_client().page_by_slug("x")


def test_who_comes_second_for_the_last_piece_is_refused_not_told_to_wait(
    engine: FakeEngine,
) -> None:
    problem = {
        "message": "Internal Server Error",
        "path": ["checkoutCreate"],
        "extensions": {"exception": {"code": "InsufficientStock"}},
    }
    engine.on("PageBySlug", None, errors=[problem])

    with pytest.raises(EngineRefused) as caught:
        storefront_client().page_by_slug("x")
    assert caught.value.codes == ("INSUFFICIENT_STOCK",)


def test_a_payload_with_errors_is_refused_with_their_codes(engine: FakeEngine) -> None:
    problem = {"field": "quantity", "message": "Only 1 left.", "code": "INSUFFICIENT_STOCK"}
    engine.on(
        "UpdateCheckoutEmail", {"checkoutEmailUpdate": {"checkout": None, "errors": [problem]}}
    )

    answer = storefront_client().update_checkout_email("id", "a@example.org")

    with pytest.raises(EngineRefused) as caught:
        accepted(answer.checkout_email_update)
    assert caught.value.codes == ("INSUFFICIENT_STOCK",)
    assert caught.value.errors[0]["field"] == "quantity"


def test_an_accepted_payload_comes_back_as_it_is(engine: FakeEngine) -> None:
    checkout = {"checkout": {"id": "Q2hlY2tvdXQ6MQ=="}, "errors": []}
    engine.on("UpdateCheckoutEmail", {"checkoutEmailUpdate": checkout})

    payload = storefront_client().update_checkout_email("id", "a@example.org").checkout_email_update

    assert accepted(payload) is payload


def test_ids_are_found_both_ways() -> None:
    ours, other = uuid4(), uuid4()
    ids.link(ids.PRODUCT, ours, "UHJvZHVjdDox")

    assert ids.global_id(ids.PRODUCT, ours) == "UHJvZHVjdDox"
    assert ids.our_id(ids.PRODUCT, "UHJvZHVjdDox") == ours
    assert ids.our_id(ids.VARIANT, "UHJvZHVjdDox") is None
    assert ids.global_ids(ids.PRODUCT, [ours, other]) == {ours: "UHJvZHVjdDox"}
    assert ids.our_ids(ids.PRODUCT, ["UHJvZHVjdDox", "x"]) == {"UHJvZHVjdDox": ours}
    with pytest.raises(UnknownId):
        ids.global_id(ids.PRODUCT, other)


def test_a_new_link_replaces_the_old_ones_of_both_sides() -> None:
    first, second = uuid4(), uuid4()
    ids.link(ids.PAGE, first, "one")
    ids.link(ids.PAGE, second, "two")

    ids.link(ids.PAGE, first, "two")

    assert ids.global_id(ids.PAGE, first) == "two"
    assert ids.find_global_id(ids.PAGE, second) is None
    assert ids.our_id(ids.PAGE, "one") is None


def test_an_object_seen_for_the_first_time_gets_one_id_for_ever() -> None:
    assert ids.our_id_or_new(ids.ORDER, "x") == ids.our_id_or_new(ids.ORDER, "x")


def test_an_object_with_a_slug_has_the_same_id_on_every_machine() -> None:
    assert ids.of_slug(ids.CHANNEL, "ma-mad") == ids.of_slug(ids.CHANNEL, "ma-mad")
    assert ids.of_slug(ids.CHANNEL, "ma-mad") != ids.of_slug(ids.CATEGORY, "ma-mad")


def test_another_engines_ids_mean_nothing_here(settings: object) -> None:
    ours = uuid4()
    ids.link(ids.PAGE, ours, "one")

    settings.SALEOR_API_URL = "https://shop.example/graphql/"  # type: ignore[attr-defined]

    assert ids.find_global_id(ids.PAGE, ours) is None
    assert ids.our_id(ids.PAGE, "one") is None
