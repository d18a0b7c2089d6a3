"""An older Saleor is named as what it is, before anything else goes wrong with it."""

from datetime import UTC, timedelta
from email.utils import format_datetime

import httpx
import pytest
from django.utils import timezone

from marketplace.core.actors import Actor
from marketplace.core.checkup import Mark
from marketplace.saleor import checks, instances, setup
from marketplace.saleor.errors import EngineTooOld
from marketplace.saleor.gateway import app_client
from marketplace.saleor.status import status
from marketplace.saleor.versions import DELIVERY_OPTIONS, is_at_least, require_supported
from tests.fakes.engine import FakeEngine, use

pytestmark = pytest.mark.django_db


@pytest.fixture
def engine(monkeypatch: pytest.MonkeyPatch) -> FakeEngine:
    fake = FakeEngine()
    use(monkeypatch, fake)
    instance = instances.current()
    instance.app_token = "token"
    instance.save()
    return fake


def test_an_older_saleor_is_named(engine: FakeEngine) -> None:
    engine.on("EngineVersion", {"shop": {"version": "3.21.69"}})

    with pytest.raises(
        EngineTooOld, match=r"Saleor 3\.21\.69 is too old for this shop: it needs 3\.22"
    ):
        setup.apply(by=Actor.system("test"))

    assert "3.21.69" in status().problem


@pytest.mark.parametrize("version", ["3.22.67", "3.23.0", "3.24.1", "4.0.0", "main"])
def test_a_newer_one_is_taken(engine: FakeEngine, version: str) -> None:
    engine.on("EngineVersion", {"shop": {"version": version}})

    assert require_supported(app_client()) == version
    assert instances.current().version == version


@pytest.mark.parametrize(
    ("told", "is_newer"), [("3.22.67", False), ("3.23.0", True), ("4.0.0", True), ("", True)]
)
def test_what_an_older_one_lacks_is_known(engine: FakeEngine, told: str, is_newer: bool) -> None:
    instance = instances.current()
    instance.version = told
    instance.save()

    assert is_at_least(DELIVERY_OPTIONS) is is_newer


@pytest.mark.parametrize(
    ("seconds", "mark"),
    [(5, Mark.GOOD), (-5, Mark.GOOD), (300, Mark.WARNING), (-300, Mark.WARNING)],
)
def test_the_doctor_compares_the_clocks(engine: FakeEngine, seconds: int, mark: Mark) -> None:
    said = format_datetime(timezone.now().astimezone(UTC) + timedelta(seconds=seconds), usegmt=True)
    engine.answers["/.well-known/jwks.json"] = lambda _request: httpx.Response(
        200, json={"keys": []}, headers={"Date": said}
    )

    assert [finding.mark for finding in checks.engine_clock()] == [mark]


def test_the_doctor_names_an_older_saleor(engine: FakeEngine) -> None:
    engine.on("EngineVersion", {"shop": {"version": "3.20.1"}})

    (found,) = checks.engine_version()

    assert found.mark == Mark.BROKEN
    assert "3.20.1" in found.message
    assert list(checks.store()) == []
