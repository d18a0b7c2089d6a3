"""The doctor says when there is little space left."""

import shutil
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from marketplace.core import disk_checks
from marketplace.core.checkup import Mark
from marketplace.core.database_folder import database_folders
from marketplace.core.disk_checks import ALMOST_NONE_BYTES, LITTLE_BYTES, disk


@pytest.mark.parametrize(
    ("free", "mark"),
    [
        (LITTLE_BYTES, Mark.GOOD),
        (LITTLE_BYTES - 1, Mark.WARNING),
        (ALMOST_NONE_BYTES, Mark.WARNING),
        (ALMOST_NONE_BYTES - 1, Mark.BROKEN),
    ],
)
def test_little_space_is_said_with_its_folder(
    free: int, mark: Mark, monkeypatch: pytest.MonkeyPatch, settings: Any, tmp_path: Path
) -> None:
    settings.DATA_DIR, settings.MEDIA_ROOT = tmp_path / "not" / "there yet", str(tmp_path)
    monkeypatch.setattr(disk_checks, "database_folders", lambda: [tmp_path / "postgres"])
    monkeypatch.setattr(disk_checks.tempfile, "gettempdir", lambda: str(tmp_path))
    monkeypatch.setenv("TMPDIR", str(tmp_path))
    monkeypatch.setattr(shutil, "disk_usage", lambda _place: SimpleNamespace(free=free))
    [found] = disk()
    assert found.mark == mark
    assert str(tmp_path) in found.message
    assert str(free // 1024**2) in found.message
    assert bool(found.remedy) is (mark != Mark.GOOD)


def test_a_disk_of_its_own_is_looked_at_and_one_disk_once(
    settings: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings.DATA_DIR, settings.MEDIA_ROOT = tmp_path, str(tmp_path / "media")
    monkeypatch.setattr(disk_checks.tempfile, "gettempdir", lambda: str(tmp_path))
    monkeypatch.setenv("TMPDIR", str(tmp_path))
    monkeypatch.setattr(disk_checks, "database_folders", lambda: [Path("/proc")])
    told = [found.message.split(" has ")[0] for found in disk()]
    assert sorted(told) == sorted({str(tmp_path), "/proc"})


def test_a_full_folder_of_temporary_files_is_named_although_another_is_used(
    settings: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings.DATA_DIR, settings.MEDIA_ROOT = tmp_path, str(tmp_path / "media")
    monkeypatch.setattr(disk_checks.tempfile, "gettempdir", lambda: str(tmp_path))
    monkeypatch.setenv("TMPDIR", "/proc")
    monkeypatch.setattr(disk_checks, "database_folders", list)
    assert {found.message.split(" has ")[0] for found in disk()} == {str(tmp_path), "/proc"}


@pytest.mark.django_db
def test_the_database_of_another_machine_is_not_guessed(settings: Any, tmp_path: Path) -> None:
    (tmp_path / "postgres").mkdir()
    settings.DATA_DIR, here = tmp_path, settings.DATABASE_ADDRESS
    assert database_folders() == [tmp_path / "postgres"]
    settings.DATABASE_ADDRESS = type(here)("db.example", 5432, here.name, "", "")
    assert database_folders() == []
