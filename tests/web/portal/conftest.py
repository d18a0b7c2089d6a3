"""A cooperative, its manager, and her phone."""

from pathlib import Path

import pytest
from django.test import Client

from tests.factories.vendors import make_cooperative, make_member, make_programme
from vendors.models import Cooperative, User


@pytest.fixture
def cooperative() -> Cooperative:
    return make_cooperative(make_programme())


@pytest.fixture
def manager(cooperative: Cooperative) -> User:
    return make_member(cooperative)


@pytest.fixture
def phone(client: Client, manager: User) -> Client:
    client.force_login(manager)
    client.cookies["twiza_language"] = "en"
    return client


@pytest.fixture
def media_folder(settings: object, tmp_path: Path) -> Path:
    settings.MEDIA_ROOT = tmp_path  # type: ignore[attr-defined]
    return tmp_path
