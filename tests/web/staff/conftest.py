"""A programme, its coordinator's browser, and a cooperative of it."""

import pytest
from django.test import Client

from tests.factories import vendors as make
from tests.web.browsers import browser
from vendors.models import Cooperative, Programme


@pytest.fixture
def programme() -> Programme:
    return make.make_programme()


@pytest.fixture
def coordinator(programme: Programme) -> Client:
    return browser(make.make_staff(programme))


@pytest.fixture
def own(programme: Programme) -> Cooperative:
    return make.make_published("near", region="MA-09", name="Près")
