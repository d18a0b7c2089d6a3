"""A shop with two cooperatives of one programme, at the embedded engine."""

from collections.abc import Iterator

import pytest

from marketplace.core.database import DatabaseAddress
from tests import databases
from tests.factories.shop import open_cooperative, open_shop
from tests.factories.vendors import make_programme
from vendors.models import Cooperative


@pytest.fixture(scope="session")
def shop_database(
    django_db_setup: None, django_db_blocker: pytest.FixtureRequest
) -> Iterator[DatabaseAddress]:
    """A further database of this process, with the shop open and empty."""
    with django_db_blocker.unblock():  # type: ignore[attr-defined]
        address, _nothing = databases.hold("shop", open_shop)
    yield address
    databases.drop(address)


@pytest.fixture(scope="module")
def opened_shop(
    shop_database: DatabaseAddress, django_db_blocker: pytest.FixtureRequest
) -> Iterator[None]:
    """The open shop, for one file; each test's changes are rolled back."""
    with django_db_blocker.unblock(), databases.inside(shop_database):  # type: ignore[attr-defined]
        yield


@pytest.fixture
def shop(opened_shop: None, db: None) -> None:
    """The engine as a new deployment has it."""


@pytest.fixture
def cooperative(shop: None) -> Cooperative:
    return open_cooperative(make_programme())
