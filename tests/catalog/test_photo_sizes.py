"""Smaller widths of a photograph: made once, never larger than it is, gone with it."""

import io
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import FileSystemStorage
from PIL import Image

from catalog.photo_sizes import open_in_width
from marketplace.core.picture_sizes import WIDTHS, in_width, kept_name, source_set

ADDRESS = "/media/photos/3f2b8a52-1111-4222-8333-444455556666.jpg"


def saved(folder: Path, size: tuple[int, int]) -> Any:
    """A photograph as it lies in the storage."""
    storage = FileSystemStorage(folder)
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
