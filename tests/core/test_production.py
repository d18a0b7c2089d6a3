"""What a production refuses, found by Django's system checks."""

from unittest.mock import patch

import pytest
from cryptography.fernet import Fernet
from django.core.checks import run_checks
from django.db import OperationalError, connection, transaction
from django.utils import timezone
from pytest_django import Settings

from marketplace import process
from marketplace.core.checkup import Mark, examine
from marketplace.core.encryption import KeysMissing, NoKeyFits, derived_key
from marketplace.core.production import TAG, find_refused
from marketplace.demo.codes import enrol
from marketplace.demo.models import DemoProgress
from marketplace.web.kept.models import KeptForm
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
    production.ENCRYPTION_KEYS = [derived_key(production.KNOWN_SECRET)]
    found = set(find_refused())
    production.ENCRYPTION_KEYS = []
    assert found | set(find_refused()) == set(process.ALLOWABLE)


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("keys", "name", "what_to_do"),
    [
        ([], "no-encryption-keys", "Make a key with `twiza keys new`"),
        (
            [derived_key("not-a-secret-for-local-use-only")],
            "default-encryption-keys",
            "run `twiza keys rotate`",
        ),
        ([Fernet.generate_key().decode()], "unreadable-data", "Add the key with which it was"),
    ],
)
def test_serve_and_worker_refuse_keys_that_are_missing_known_or_do_not_fit(
    production: Settings,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
    keys: list[str],
    name: str,
    what_to_do: str,
) -> None:
    monkeypatch.setattr("os.execve", lambda *_: pytest.fail("it started"))
    monkeypatch.setattr("marketplace.core.worker.run_worker", lambda **_: pytest.fail("it ran"))
    store_something()
    production.ENCRYPTION_KEYS = keys
    others = {"unreadable-data"} - {name}
    assert process.serve(host="h", port=1, workers=1, allowed=others) == 1
    assert process.work(once=True, allowed=others) == 1
    told = [line for line in capsys.readouterr().err.splitlines() if "will not start" in line]
    assert [line.split()[1] for line in told] == ["serve", "worker"]
    assert all("TWIZA_ENCRYPTION_KEYS" in line and what_to_do in line for line in told)


@pytest.mark.django_db
def test_the_worker_refuses_the_known_secret(
    production: Settings, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    ran: list[object] = []
    monkeypatch.setattr("marketplace.core.worker.run_worker", lambda **_: ran.append(1) or 0)
    production.SECRET_KEY = production.KNOWN_SECRET
    assert process.work(once=True) == 1
    assert "openssl rand -hex 32" in capsys.readouterr().err
    assert process.work(once=True, allowed={"debug"}) == 2
    assert not ran
    assert process.work(once=True, allowed={"default-secret"}) == 0
    # What else belongs to a demo does not concern it.
    production.SECRET_KEY, production.DEBUG = "a long random word", True
    assert process.work(once=True) == 0
    assert len(ran) == 2


@pytest.mark.django_db
def test_keys_are_needed_to_store_and_named_where_none_fits(production: Settings) -> None:
    store_something()
    production.ENCRYPTION_KEYS = [Fernet.generate_key().decode()]
    with pytest.raises(NoKeyFits, match="twiza keys list"):
        list(KeptForm.objects.all())
    [finding] = examine("keys")
    assert (finding.mark, "kept_keptform.content" in finding.message) == (Mark.BROKEN, True)
    production.ENCRYPTION_KEYS = []
    with pytest.raises(KeysMissing, match="twiza keys new"), transaction.atomic():
        store_something()
    [finding] = examine("keys")
    assert "twiza keys new" in finding.remedy


def store_something() -> None:
    now = timezone.now()
    KeptForm.objects.create(action="a", page="/", content="[]", kept_at=now, expires_at=now)


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


def test_a_database_that_does_not_answer_is_one_sentence(
    capsys: pytest.CaptureFixture[str],
) -> None:
    def refuse() -> None:
        raise OperationalError("connection refused\n\tIs the server running?")

    # Not by monkeypatch, which would leave the connection what it had while tests may use none.
    with patch.object(connection, "ensure_connection", refuse):
        assert process._refusal("worker", frozenset(), process.KEYS) == 1
    said = capsys.readouterr().err
    assert said.startswith("twiza worker: The database does not answer: connection refused ")
    assert said.count("\n") == 1
