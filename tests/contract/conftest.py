"""Fixtures of the contract suite: one engine, one App, one market of two cooperatives.

Against a real Saleor: SALEOR_API_URL, CONTRACT_ADMIN_EMAIL, CONTRACT_ADMIN_PASSWORD, and
CONTRACT_APP_URL (where that Saleor reaches this machine; its port is listened on).
"""

import os
import uuid
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from pytest_django.fixtures import Settings

from tests.contract.engine import REAL_URL, Engine, install, serve, start_embedded, start_real
from tests.contract.fake_app import FakeApp
from tests.contract.world import Market, open_market


@pytest.fixture
def app() -> FakeApp:
    """The App before it is installed; tests add webhooks to it by overriding this fixture."""
    unique = uuid.uuid4().hex[:8]
    url = os.environ.get("CONTRACT_APP_URL", "http://app.test")
    return FakeApp(url=url, identifier=f"contract.{unique}")


@pytest.fixture
def bare_engine(
    app: FakeApp,
    settings: Settings,
    tmp_path: Path,
    request: pytest.FixtureRequest,
) -> Iterator[Engine]:
    """An engine without the App."""
    if REAL_URL:
        server = serve(app, urlsplit(app.url).port or 80)
        yield start_real(app)
        server.shutdown()
        return
    if "transactional_db" not in request.fixturenames:
        request.getfixturevalue("db")
    engine_settings = {
        **settings.EMBEDDED_ENGINE,
        "APP_TRANSPORT": "tests.contract.fake_app.transport",
        "MEDIA_ROOT": tmp_path / "media",
    }
    settings.EMBEDDED_ENGINE = engine_settings
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
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
