"""A database of the locale C is told: it does not know É and é for the same letter."""

from pathlib import Path

import pytest

from marketplace.core.checkup import Mark, examine
from marketplace.core.postgres_versions import OLDEST_POSTGRES
from tests.servers import Shop, as_user, running_server

LOCALE_C = """
CREATE DATABASE plain TEMPLATE template0 ENCODING 'UTF8' LC_COLLATE 'C' LC_CTYPE 'C'
"""


@pytest.mark.django_db
def test_the_tests_own_database_knows_all_letters() -> None:
    assert [finding.mark for finding in examine("letters")] == [Mark.GOOD]


@pytest.mark.xdist_group("servers")
def test_debians_server_without_a_locale_is_told_with_its_remedy(tmp_path: Path) -> None:
    with running_server(OLDEST_POSTGRES, tmp_path) as server:
        with as_user(server) as connection:
            connection.execute(LOCALE_C)
        shop = Shop(OLDEST_POSTGRES, server, server.at("plain"), tmp_path / "data")
        shop.do("database", "upgrade")
        told = shop.do("doctor", "--only", "letters")
    assert "look" in told
    assert "createdb --locale=C.UTF-8" in told
