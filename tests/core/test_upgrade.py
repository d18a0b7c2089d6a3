"""A database of an older version, of which this one has no migrations, is recognized."""

import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.recorder import MigrationRecorder

from marketplace import process
from marketplace.core import upgrade
from marketplace.core.known_migrations import known_migrations
from marketplace.core.upgrade import TooOld, is_too_old, require_upgradable

NEW = {("shop", "0001_initial"), ("books", "0001_initial")}


@pytest.mark.parametrize(
    ("applied", "expected"),
    [
        (set(), False),
        (NEW, False),
        ({("shop", "0001_initial")}, False),
        ({*NEW, ("shop", "0002_of_a_newer_version")}, False),
        ({("shop", "0001_initial"), ("shop", "0002_gone")}, True),
        ({("shop", "0001_begin")}, True),
    ],
    ids=["empty", "current", "before", "after", "without the books", "other names"],
)
def test_old_is_what_has_gone_migrations_and_lacks_new_ones(
    applied: set[tuple[str, str]], expected: bool
) -> None:
    assert is_too_old(applied, NEW) is expected


@pytest.fixture
def old_database(db: None, monkeypatch: pytest.MonkeyPatch) -> None:
    """A database in which one of our migrations has another name than today."""
    applied = MigrationRecorder(connection).applied_migrations()
    gone = next(key for key in applied if key[0] == "core")
    applied["core", "0000_of_an_older_version"] = applied.pop(gone)
    monkeypatch.setattr(MigrationRecorder, "applied_migrations", lambda _self: applied)


@pytest.mark.django_db
def test_a_database_of_this_version_passes() -> None:
    require_upgradable()


@pytest.mark.usefixtures("old_database")
def test_serve_and_worker_do_not_start_on_an_old_database(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("os.execve", lambda *_: pytest.fail("it started"))
    monkeypatch.setattr("marketplace.core.worker.run_worker", lambda **_: pytest.fail("it ran"))

    assert process.serve(host="h", port=1, workers=1, allowed=set(process.ALLOWABLE)) == 1
    assert process.work(once=True) == 1

    told = capsys.readouterr().err.splitlines()
    assert [line.partition(":")[0] for line in told] == ["twiza serve", "twiza worker"]
    assert all("made by an older version" in line for line in told)


@pytest.mark.usefixtures("old_database")
def test_an_old_database_is_not_upgraded(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(upgrade, "connections", {"owner": connection})
    monkeypatch.setattr(upgrade, "make_roles", lambda *_: pytest.fail("it was changed"))
    with pytest.raises(TooOld):
        upgrade.upgrade_database()
    with pytest.raises(CommandError, match="cannot upgrade"):
        call_command("database", "upgrade")


def test_migrations_known_by_name_are_those_that_would_be_loaded() -> None:
    assert known_migrations() == set(MigrationLoader(None).disk_migrations)
