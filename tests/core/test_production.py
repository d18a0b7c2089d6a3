"""What a production refuses, found by Django's system checks."""

import pytest
from django.core.checks import run_checks
from django.utils import timezone
from pytest_django import Settings

from marketplace import process
from marketplace.core.production import TAG, find_refused
from marketplace.demo.codes import enrol
from marketplace.demo.models import DemoProgress
from tests.factories.vendors import make_user


@pytest.fixture
def production(settings: Settings) -> Settings:
    """Settings with nothing of a demo's."""
    settings.DEMO = settings.DEBUG = settings.TEST_PAYMENTS = False
    settings.SECRET_KEY = "a long random word"
    settings.SALEOR_API_URL = "https://saleor.example/graphql/"
    return settings


@pytest.mark.django_db
def test_a_production_without_anything_of_a_demo_starts(production: Settings) -> None:
    assert find_refused() == {}


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("setting", "value", "name"),
    [
        ("DEMO", True, "demo-data"),
        ("DEBUG", True, "debug"),
        ("TEST_PAYMENTS", True, "test-payments"),
        ("SALEOR_API_URL", "", "embedded-engine"),
    ],
)
def test_what_belongs_to_a_demo_is_found(
    production: Settings, setting: str, value: object, name: str
) -> None:
    setattr(production, setting, value)
    assert list(find_refused()) == [name]


@pytest.mark.django_db
def test_the_demo_world_and_the_known_secret_are_found(production: Settings) -> None:
    production.SECRET_KEY = production.KNOWN_SECRET
    DemoProgress.objects.create(stage="orders", position=1, total=1, begun_at="2026-11-29T00:00Z")
    found = find_refused()
    assert set(found) == {"demo-data", "default-secret"}
    assert found["demo-data"].startswith("This database holds the demo world")


@pytest.mark.django_db
def test_each_name_that_may_be_allowed_has_its_check(production: Settings) -> None:
    production.DEMO = production.DEBUG = production.TEST_PAYMENTS = True
    production.SECRET_KEY, production.SALEOR_API_URL = production.KNOWN_SECRET, ""
    enrol(make_user("Ghita"), timezone.now())
    assert set(find_refused()) == set(process.ALLOWABLE)


def test_who_checks_no_database_asks_it_nothing(settings: Settings) -> None:
    # Without the database mark any query would fail this test.
    settings.DEMO = False
    assert run_checks(tags=[TAG], include_deployment_checks=True) == []


@pytest.mark.django_db
def test_serve_names_what_it_refuses_and_how_to_allow_it(
    production: Settings, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    production.TEST_PAYMENTS = True
    started: list[object] = []
    monkeypatch.setattr("os.execve", lambda *command: started.append(command))

    assert process.serve(host="h", port=1, workers=1, allowed={"nonsense"}) == 2
    assert (
        "Unknown: nonsense. Known: demo-data, demo-codes, test-payments" in capsys.readouterr().err
    )
    assert process.serve(host="h", port=1, workers=1, allowed={"debug"}) == 1
    assert capsys.readouterr().err.splitlines() == [
        "twiza serve will not start. The test payment provider is on: anyone could pay with a test "
        "card.",
        "To start all the same: --allow test-payments",
    ]
    assert started == []

    process.serve(host="h", port=1, workers=1, allowed={"test-payments"})
    assert len(started) == 1
