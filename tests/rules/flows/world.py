"""A database of its own in which flows run, with every change committed."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.conf import settings
from django.db import connections
from django.test import Client
from django.test.utils import setup_test_environment, teardown_test_environment

from tests import databases
from tests.static_files import use_collected_static_files
from vendors.models import User


@contextmanager
def own_database(name: str) -> Iterator[None]:
    """A fresh copy of the migrated template, dropped afterwards; connections go back as before."""
    before = settings.DATABASE_ADDRESS
    server = databases.server()
    databases.drop(databases.at(server, name))
    databases.use(databases.copy(databases.at(server, databases.template(server)), name))
    try:
        yield
    finally:
        connections.close_all()
        databases.use(before)
        databases.drop(databases.at(server, name))


@contextmanager
def as_in_tests() -> Iterator[None]:
    """The settings under which tests run, for a command that starts without pytest."""
    settings.TEST_PAYMENTS = True
    settings.MEDIA_ROOT = databases.SERVER / "media"
    settings.EMBEDDED_ENGINE["MEDIA_ROOT"] = databases.SERVER / "engine-media"
    use_collected_static_files()
    setup_test_environment()
    try:
        yield
    finally:
        teardown_test_environment()


def browser_of(user: User) -> Client:
    """A browser in which the person is signed in and reads French."""
    client = Client()
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    client.cookies["twiza_language"] = "fr"
    return client
