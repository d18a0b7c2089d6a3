"""A full disk of temporary files is called full, also by a process that had not used it before."""

import errno
import tempfile
from pathlib import Path

import pytest

from marketplace.core.files import is_disk_full
from marketplace.core.temporary_files import settle_temporary_folder


def nothing_fits(*_words: object, **_more: object) -> int:
    raise OSError(errno.ENOSPC, "No space left on device")


@pytest.fixture(autouse=True)
def not_chosen(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(tempfile, "tempdir", None)
    monkeypatch.setenv("TMPDIR", str(tmp_path))


def first_error() -> OSError:
    with pytest.raises(OSError, match=r".") as raised, tempfile.TemporaryFile():
        pass
    return raised.value


def test_a_process_that_starts_on_a_full_disk(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tempfile._os.open", nothing_fits)
    settle_temporary_folder()
    assert is_disk_full(first_error())


def test_a_process_whose_disk_fills_later(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    settle_temporary_folder()
    assert tempfile.gettempdir() == str(tmp_path)
    monkeypatch.setattr("tempfile._os.open", nothing_fits)
    assert is_disk_full(first_error())


def test_without_it_python_says_that_a_folder_is_missing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tempfile._os.open", nothing_fits)
    assert not is_disk_full(first_error())
