"""Fixtures of the contract suite: one engine, one App, one market of two cooperatives.

Against a real Saleor: SALEOR_API_URL, CONTRACT_ADMIN_EMAIL and CONTRACT_ADMIN_PASSWORD; when that
Saleor runs on another machine, CONTRACT_APP_URL (where it reaches this one; its port is listened
on). Every test installs an App of its own and takes it away; other Apps pause meanwhile.
"""

import uuid
from collections.abc import Iterator
from pathlib import Path

import pytest
from pytest_django.fixtures import Settings

from tests.contract.engine import REAL_URL, Engine, install, start_embedded
from tests.contract.fake_app import FakeApp
from tests.contract.real import alone, listen, retire, start_real
from tests.contract.world import Market, open_market


@pytest.fixture
def app() -> FakeApp:
    """The App before it is installed; tests add webhooks to it by overriding this fixture."""
    return FakeApp(url="http://app.test", identifier=f"contract.{uuid.uuid4().hex[:8]}")


@pytest.fixture(scope="session")
def real_engine() -> Iterator[None]:
    """A real Saleor without any other App that would answer its questions."""
    with alone():
        yield


@pytest.fixture
def bare_engine(
    app: FakeApp,
    settings: Settings,
    tmp_path: Path,
    request: pytest.FixtureRequest,
) -> Iterator[Engine]:
    """An engine without the App."""
    if REAL_URL:
        request.getfixturevalue("real_engine")
        with listen(app):
            engine = start_real(app)
            yield engine
            retire(engine)
        return
    if "transactional_db" not in request.fixturenames:
        request.getfixturevalue("db")
    engine_settings = {
        **settings.EMBEDDED_ENGINE,
        "APP_TRANSPORT": "tests.contract.fake_app.transport",
        "MEDIA_ROOT": tmp_path / "media",
    }
    settings.EMBEDDED_ENGINE = engine_settings
    yield start_embedded(app)


@pytest.fixture
def engine(bare_engine: Engine) -> Engine:
    """An engine with the App installed."""
    install(bare_engine)
    return bare_engine


@pytest.fixture
def market(engine: Engine) -> Market:
    """A channel in dirhams with two cooperatives, a warehouse and products of each."""
    return open_market(engine)
