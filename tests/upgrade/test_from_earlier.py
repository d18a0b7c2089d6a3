"""A world of an earlier version is upgraded by the documented step, and keeps every row and sum.

The worlds in data/ are backups, named by version and day; docs/developer/releasing.md says how
another one is written.
"""

import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from marketplace.core.backup.manifest import About, opened
from marketplace.core.backup.restore import restore_database
from marketplace.core.backup.sums import add_up_money, count_rows
from marketplace.core.backup.undo import begin, finish
from marketplace.core.postgres_versions import NEWEST_TRIED
from marketplace.core.roles import connect_as_owner
from tests.servers import Shop, create_database, environment_of, running_server, twiza
from tests.turns import another_days
from tests.upgrade.write_world import DATA, world_environment

pytestmark = pytest.mark.xdist_group("upgrade")

WORLDS = sorted(DATA.glob("*.tar"))
# What every version adds to: its migrations, Django's notes of models, and values to filter by.
GROWING = {
    "public.django_migrations", "engine.django_migrations", "public.django_content_type",
    "public.auth_permission", "public.search_facetvalue",
    "public.core_shopchange",
}  # fmt: skip
GREEN_SECONDS = 240


@pytest.fixture(scope="module", params=WORLDS, ids=lambda path: path.stem)
def earlier(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[tuple[Shop, About]]:
    """A server with the tables and data of an earlier version, and what they add up to."""
    folder = tmp_path_factory.mktemp("earlier")
    with running_server(NEWEST_TRIED, folder) as server:
        database = create_database(server, "earlier")
        with opened(request.param) as (tar, about):
            begin(database, [])
            restore_database(tar, about, database)
            finish(database)
        yield Shop(NEWEST_TRIED, server, database, folder / "data"), about


@another_days(1, 3)
def test_the_data_are_kept_and_the_doctor_finds_nothing_broken(
    earlier: tuple[Shop, About],
) -> None:
    shop, before = earlier
    assert before.rows["public.ledger_entry"]
    assert before.rows["public.payouts_payoutrun"]
    assert before.money
    refused = twiza(shop.address, shop.data, "worker", "--once", **world_environment())
    assert refused.returncode == 1
    assert "twiza database upgrade" in refused.stderr
    assert "Traceback" not in refused.stderr

    shop.do("database", "upgrade", **world_environment())

    with connect_as_owner(shop.address) as connection:
        rows, money = count_rows(connection), add_up_money(connection)
    assert {name: rows.get(name) for name in before.rows.keys() - GROWING} == {
        name: count for name, count in before.rows.items() if name not in GROWING
    }
    assert {name: money.get(name) for name in before.money} == before.money
    assert rows["public.django_migrations"] > before.rows["public.django_migrations"]
    # The App gets new permissions, and the engine hears of webhooks that differ, as the steps say.
    shop.do("saleor", "install", **world_environment())
    shop.do("saleor", "apply", **world_environment())
    assert_green(shop)
    shop.do("ledger", "check", **world_environment())


def assert_green(shop: Shop) -> None:
    """With a worker, everything is in order within some minutes: it makes up for all jobs."""
    words = [sys.executable, "-m", "marketplace", "worker"]
    environment = environment_of(shop.address, shop.data, **world_environment())
    worker = subprocess.Popen(words, env=environment)
    try:
        deadline = time.monotonic() + GREEN_SECONDS
        while True:
            found = twiza(shop.address, shop.data, "doctor", **world_environment())
            if found.returncode == 0:
                return
            assert time.monotonic() < deadline, found.stdout
            time.sleep(2)
    finally:
        worker.terminate()
        worker.wait(timeout=60)


def test_there_is_a_world_to_upgrade() -> None:
    assert WORLDS
    assert all(path.stat().st_size < 3_000_000 for path in WORLDS)
    assert Path(__file__).with_name("write_world.py").exists()
