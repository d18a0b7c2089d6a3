"""A shop with a few books and photographs on a server of each supported version."""

import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from functools import cache
from pathlib import Path

import pytest

from tests.servers import VERSIONS, Shop, create_database, environment_of, running_server

# A name with what must be quoted everywhere, and letters of several bytes.
SHOP = 'تويزة\'s "boutique"'
BOOKS = """
import django
django.setup()
from tests.payouts.world import WHEN, make_programme
from marketplace.core.money import Money
from marketplace.ledger.chart import AccountCode, Cause
from marketplace.ledger.movement import Leg
from marketplace.ledger.post import book_of, post
book = book_of(make_programme().pk)
for number in range(1, 4):
    legs = [
        Leg(AccountCode.BANK, Money(number * 7, "MAD")),
        Leg(AccountCode.COMMISSION, Money(-number * 7, "MAD")),
    ]
    post(book=book, key=str(number), cause=Cause.PSP_SETTLED, legs=legs, occurred_at=WHEN,
         booked_on=WHEN.date())
"""


@contextmanager
def opened(version: int, folder: Path) -> Iterator[Shop]:
    """A shop with three bookings and a photograph, on a running server."""
    with running_server(version, folder) as server:
        shop = Shop(version, server, create_database(server, SHOP), folder / "data")
        shop.do("database", "upgrade")
        environment = environment_of(
            shop.address, shop.data, DJANGO_SETTINGS_MODULE="marketplace.settings"
        )
        subprocess.run([sys.executable, "-c", BOOKS], env=environment, check=True, timeout=120)
        (shop.data / "media" / "photos").mkdir(parents=True)
        (shop.data / "media" / "photos" / "أملو.jpg").write_bytes(b"picture")
        yield shop


@pytest.fixture(scope="session")
def shops(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Callable[[int], Shop]]:
    """The shop of a version, made when the first test asks for it and running until the last.

    Kept here: a fixture with parameters is made anew each time that the next test has another.
    """
    with ExitStack() as running:

        @cache
        def shop_of(version: int) -> Shop:
            folder = tmp_path_factory.mktemp(f"server-{version}")
            return running.enter_context(opened(version, folder))

        yield shop_of


@pytest.fixture(params=VERSIONS, ids=lambda version: f"postgresql-{version}")
def shop(request: pytest.FixtureRequest, shops: Callable[[int], Shop]) -> Shop:
    """The shop on one of the supported versions; tests leave it as it is."""
    return shops(request.param)


@pytest.fixture(scope="session")
def backups(shops: Callable[[int], Shop]) -> Callable[[int], Path]:
    """A backup of the shop of a version, written once."""

    @cache
    def backup_of(version: int) -> Path:
        file = shops(version).data.parent / "shop.tar"
        shops(version).do("backup", str(file))
        return file

    return backup_of


@pytest.fixture
def backup(shop: Shop, backups: Callable[[int], Path]) -> Path:
    """A backup of the shop."""
    return backups(shop.version)
