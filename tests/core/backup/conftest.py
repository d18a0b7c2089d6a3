"""A shop with a few books and photographs on a server of each supported version."""

import subprocess
import sys
from collections.abc import Iterator
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


@pytest.fixture(scope="session", params=VERSIONS, ids=lambda version: f"postgresql-{version}")
def shop(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Shop]:
    """A shop with three bookings and a photograph; tests leave it as it is."""
    folder = tmp_path_factory.mktemp(f"server-{request.param}")
    with running_server(request.param, folder) as server:
        shop = Shop(request.param, server, create_database(server, SHOP), folder / "data")
        shop.do("database", "upgrade")
        environment = environment_of(
            shop.address, shop.data, DJANGO_SETTINGS_MODULE="marketplace.settings"
        )
        subprocess.run([sys.executable, "-c", BOOKS], env=environment, check=True, timeout=120)
        (shop.data / "media" / "photos").mkdir(parents=True)
        (shop.data / "media" / "photos" / "أملو.jpg").write_bytes(b"picture")
        yield shop


@pytest.fixture(scope="session")
def backup(shop: Shop) -> Path:
    """A backup of the shop."""
    file = shop.data.parent / "shop.tar"
    shop.do("backup", str(file))
    return file
