"""Smaller widths of a photograph: made once, never larger than it is, gone with it."""

import io
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import Event
from types import SimpleNamespace
from typing import Any

import pytest
from django.core.files.base import ContentFile
from PIL import Image

from catalog.photo_sizes import open_in_width
from marketplace.core.files import MediaStorage
from marketplace.core.picture_sizes import WIDTHS, in_width, kept_name, source_set

ADDRESS = "/media/photos/3f2b8a52-1111-4222-8333-444455556666.jpg"


def saved(folder: Path, size: tuple[int, int]) -> Any:
    """A photograph as it lies in the storage."""
    storage = MediaStorage(folder)
    jpeg = io.BytesIO()
    Image.effect_noise(size, 60).convert("RGB").save(jpeg, "JPEG", quality=85)
    name = storage.save("listings/2026/12/rug.jpg", ContentFile(jpeg.getvalue()))
    return SimpleNamespace(file=SimpleNamespace(storage=storage, name=name))


def size_of(photo: Any, width: int) -> tuple[int, int]:
    with open_in_width(photo, width) as file, Image.open(file) as picture:
        assert picture.format == "WEBP"
        return picture.size


@pytest.mark.parametrize(
    ("width", "size"),
    [(160, (160, 120)), (400, (400, 300)), (800, (800, 600)), (1600, (1200, 900))],
)
def test_a_width_keeps_the_shape_and_never_enlarges(
    tmp_path: Path, width: int, size: tuple[int, int]
) -> None:
    assert size_of(saved(tmp_path, (1200, 900)), width) == size


def test_a_thumb_weighs_a_small_part_of_the_photograph(tmp_path: Path) -> None:
    photo = saved(tmp_path, (1600, 1200))
    with open_in_width(photo, 160) as thumb:
        assert len(thumb.read()) * 40 < photo.file.storage.size(photo.file.name)


def test_it_is_made_once_also_by_many_at_the_same_moment(tmp_path: Path) -> None:
    photo = saved(tmp_path, (1600, 1200))
    with ThreadPoolExecutor(8) as pool:
        sizes = set(pool.map(lambda _: size_of(photo, 400), range(8)))

    assert sizes == {(400, 300)}
    files = {path.name for path in (tmp_path / "listings/2026/12").iterdir()}
    assert files == {"rug.jpg", "rug-400.webp"}
    assert kept_name(photo.file.name, 400).endswith("/rug-400.webp")


def test_nobody_opens_a_width_of_which_only_a_part_is_written(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """One process stops in the middle of its write; another asks for the same width."""
    photo = saved(tmp_path, (1600, 1200))
    half_written, go_on = Event(), Event()
    whole = ContentFile.chunks

    def in_two_parts(self: Any, chunk_size: int | None = None) -> Iterator[bytes]:
        content = b"".join(whole(self, chunk_size))
        yield content[: len(content) // 2]
        if not half_written.is_set():
            half_written.set()
            assert go_on.wait(10)
        yield content[len(content) // 2 :]

    monkeypatch.setattr(ContentFile, "chunks", in_two_parts)
    with ThreadPoolExecutor(1) as pool:
        slow = pool.submit(size_of, photo, 400)
        assert half_written.wait(10)
        try:
            assert size_of(photo, 400) == (400, 300)
        finally:
            go_on.set()
        assert slow.result() == (400, 300)
    files = {path.name for path in (tmp_path / "listings/2026/12").iterdir()}
    assert files == {"rug.jpg", "rug-400.webp"}


def test_other_widths_and_lost_files_are_refused(tmp_path: Path) -> None:
    photo = saved(tmp_path, (300, 300))
    with pytest.raises(KeyError):
        open_in_width(photo, 401)
    photo.file.storage.delete(photo.file.name)
    with pytest.raises(FileNotFoundError):
        open_in_width(photo, 400)


def test_addresses_of_photographs_name_their_widths() -> None:
    assert in_width(ADDRESS, 160) == ADDRESS.removesuffix(".jpg") + "-160.webp"
    assert source_set(ADDRESS).count("w,") == len(WIDTHS) - 1
    drawing = "/media/illustrations/honey/1.svg"
    assert (in_width(drawing, 160), source_set(drawing)) == (drawing, "")
