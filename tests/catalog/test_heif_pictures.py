"""Phones' HEIC: of any size, however it is turned, and whatever stands beside the picture."""

import io

import pytest
from PIL import Image

from catalog.errors import PhotoRefused, PhotoTooManyPixels
from catalog.photo_files import safe_jpeg
from tests.catalog.heif_files import heic, single


def read(content: bytes) -> Image.Image:
    picture = Image.open(io.BytesIO(safe_jpeg(io.BytesIO(content))))
    picture.load()
    return picture


def red_corner(picture: Image.Image) -> str:
    """Where the tile is that the camera saw in the left upper corner."""
    wide, high = picture.size
    corners = {
        "left upper": (8, 8),
        "right upper": (wide - 9, 8),
        "left lower": (8, high - 9),
        "right lower": (wide - 9, high - 9),
    }

    def redness(at: tuple[int, int]) -> int:
        red, green, blue = picture.getpixel(at)  # type: ignore[misc]
        return int(red) - int(green) - int(blue)

    return max(corners, key=lambda name: redness(corners[name]))


@pytest.mark.parametrize(
    ("size", "shown"),
    [((8064, 6048), (1600, 1200)), ((16320, 12240), (1600, 1200)), ((1000, 700), (1000, 700))],
)
def test_any_size_is_read_with_what_stands_beside_it(
    size: tuple[int, int], shown: tuple[int, int]
) -> None:
    picture = read(heic(*size, beside=3))

    assert picture.size == shown
    assert red_corner(picture) == "left upper"


@pytest.mark.parametrize(
    ("turned", "mirrored", "corner", "is_high"),
    [
        (1, None, "left lower", True),
        (2, None, "right lower", False),
        (3, None, "right upper", True),
        (0, 0, "left lower", False),
        (0, 1, "right upper", False),
    ],
)
def test_a_turned_one_stands_upright(
    turned: int, mirrored: int | None, corner: str, *, is_high: bool
) -> None:
    """No size divides into whole tiles: what is beyond the picture is cut off on the right side."""
    picture = read(heic(4032, 3024, turned=turned, mirrored=mirrored))

    assert picture.size == ((1200, 1600) if is_high else (1600, 1200))
    assert red_corner(picture) == corner


def test_one_without_tiles_is_judged_by_its_head() -> None:
    with pytest.raises(PhotoTooManyPixels) as refused:
        read(single(8160, 6120))

    assert "8160 × 6120 pixels" in str(refused.value)


@pytest.mark.parametrize("at", [0.2, 0.5, 0.9, 0.999])
def test_one_that_was_cut_off_is_refused_or_read(at: float) -> None:
    whole = heic(4032, 3024, copies=True)

    try:
        assert read(whole[: int(len(whole) * at)]).size == (1600, 1200)
    except PhotoRefused as error:
        assert type(error) is PhotoRefused  # noqa: PT017 -- neither ended nor out of memory
