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
from marketplace.saleor.versions import require_supported
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
    engine.on("EngineVersion", {"shop": {"version": "3.22.67"}})

    with pytest.raises(
        EngineTooOld, match=r"Saleor 3\.22\.67 is too old for this shop: it needs 3\.23"
    ):
        setup.apply(by=Actor.system("test"))

    assert "3.22.67" in status().problem


@pytest.mark.parametrize("version", ["3.23.0", "3.24.1", "4.0.0", "main"])
def test_a_newer_one_is_taken(engine: FakeEngine, version: str) -> None:
    engine.on("EngineVersion", {"shop": {"version": version}})

    assert require_supported(app_client()) == version


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
    assert "3.20.1" in found.words
    assert list(checks.store()) == []
