"""A file exists whole or not at all, wherever its disk was full."""

import os
from pathlib import Path

import pytest
from django.core.files.base import ContentFile

from marketplace.core.files import (
    DiskFull,
    MediaStorage,
    StaticStorage,
    full_disk_refused,
    undone_together,
    whole_file,
)
from tests.fakes.full_disk import fail_at

CALLS = ["os.open", "os.fsync", "os.replace"]


def files(folder: Path) -> dict[str, str]:
    return {
        str(path.relative_to(folder)): path.read_text()
        for path in folder.rglob("*")
        if path.is_file()
    }


@pytest.fixture
def media(tmp_path: Path) -> MediaStorage:
    return MediaStorage(location=tmp_path)


@pytest.mark.parametrize("call", CALLS)
def test_a_saved_file_is_whole_or_absent(
    call: str, media: MediaStorage, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as patched:
        fail_at(patched, tmp_path, call)
        with pytest.raises(DiskFull), full_disk_refused():
            media.save("listings/2026/a.jpg", ContentFile(b"photo"))
    assert files(tmp_path) == {}
    assert media.save("listings/2026/a.jpg", ContentFile(b"photo")) == "listings/2026/a.jpg"
    assert files(tmp_path) == {"listings/2026/a.jpg": "photo"}


def test_a_name_that_is_taken_stays_who_has_it(media: MediaStorage, tmp_path: Path) -> None:
    names = {media.save("a.jpg", ContentFile(content)) for content in (b"first", b"second")}
    assert len(names) == 2
    assert sorted(files(tmp_path).values()) == ["first", "second"]
    assert files(tmp_path)["a.jpg"] == "first"


def test_files_of_a_failed_block_go_together(media: MediaStorage, tmp_path: Path) -> None:
    media.save("before.jpg", ContentFile(b"b"))

    def save_two_and_fail() -> None:
        with undone_together():
            media.save("one.jpg", ContentFile(b"1"))
            with undone_together():
                media.save("two.jpg", ContentFile(b"2"))
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        save_two_and_fail()
    assert files(tmp_path) == {"before.jpg": "b"}
    with undone_together():
        media.save("kept.jpg", ContentFile(b"k"))
    media.save("after.jpg", ContentFile(b"a"))
    assert set(files(tmp_path)) == {"before.jpg", "kept.jpg", "after.jpg"}


@pytest.mark.parametrize("call", ["os.fsync", "os.replace", "write"])
def test_a_written_file_leaves_the_earlier_one_until_it_is_whole(
    call: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    report = tmp_path / "report.csv"
    report.write_text("earlier")

    def write() -> None:
        with whole_file(report, "w", encoding="utf-8") as file:
            file.write("later")
            if call == "write":
                raise OSError(28, os.strerror(28))

    with monkeypatch.context() as patched:
        if call != "write":
            fail_at(patched, tmp_path, call)
        with pytest.raises(DiskFull), full_disk_refused():
            write()
    assert files(tmp_path) == {"report.csv": "earlier"}


def test_a_cut_static_file_never_gets_its_name(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    storage = StaticStorage(location=tmp_path, base_url="/static/")
    fail_at(monkeypatch, tmp_path, "os.replace")
    with pytest.raises(OSError, match="No space left"):
        storage.save("ui/a.css", ContentFile(b"a {}"))
    assert files(tmp_path) == {}


def test_other_errors_are_not_taken_for_a_full_disk() -> None:
    with pytest.raises(PermissionError), full_disk_refused():
        raise PermissionError(13, "Permission denied")
