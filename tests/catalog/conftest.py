"""A shop with two cooperatives of one programme, at the embedded engine."""

import pytest

from tests.factories.shop import open_cooperative, open_shop
from tests.factories.vendors import make_programme
from vendors.models import Cooperative


@pytest.fixture
def shop(db: None) -> None:
    open_shop()


@pytest.fixture
def cooperative(shop: None) -> Cooperative:
    return open_cooperative(make_programme())
