"""With the embedded engine: installing our App there, in process, and hearing it."""

import pytest

from marketplace.embedded import bootstrap
from marketplace.saleor import instances
from marketplace.saleor.errors import EngineRefused
from marketplace.saleor.gateway import app_client, storefront_client
from marketplace.saleor.manifest import manifest_url
from tests.fakes.embedded import install

pytestmark = pytest.mark.django_db


@pytest.fixture
def engine() -> None:
    install()


def test_the_app_is_installed_and_speaks_with_its_token(engine: None) -> None:
    instance = instances.current()

    assert instance.domain == "engine.twiza.internal"
    assert instance.registered_at is not None
    own = app_client().own_app().app
    assert own is not None
    assert own.id == instance.app_id
    with pytest.raises(EngineRefused) as refused:
        storefront_client().own_app()
    assert refused.value.codes == ("PermissionDenied",)


def test_installing_again_changes_nothing(engine: None) -> None:
    before = instances.current()

    bootstrap.install_local_app(manifest_url())

    assert instances.current().app_token == before.app_token
