"""A cooperative, its manager, and the page of its texts."""

import pytest

from tests.factories.vendors import make_cooperative, make_member, make_programme
from vendors.models import Cooperative, User


@pytest.fixture
def cooperative() -> Cooperative:
    return make_cooperative(make_programme())


@pytest.fixture
def manager(cooperative: Cooperative) -> User:
    return make_member(cooperative)


@pytest.fixture
def text_page(cooperative: Cooperative) -> str:
    return f"/portal/{cooperative.slug}/profile/texts/fr/"
