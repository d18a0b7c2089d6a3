"""Photographs as phones write them are taken; what would cost too much is refused by its head."""

import io
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PIL import Image

from catalog import photo_files
from catalog.errors import (
    PhotoRefused,
    PhotoTooLarge,
    PhotoTooManyPixels,
    PhotoTooSlow,
    TooManyPhotos,
)
from catalog.photo_files import MOST_PHOTOS, read_photos, safe_jpeg
from tests.catalog.picture_heads import png_that_says

HEIC = Path(__file__).parent / "data" / "photo.heic"
PLACE = 0x8825


def file_of(kind: str, size: tuple[int, int] = (2000, 1500), **options: Any) -> io.BytesIO:
    """A picture, brown on the left and sand on the right."""
    picture = Image.new("RGB", size, "#c9a06a")
    picture.paste("#7a4f00", (0, 0, size[0] // 2, size[1]))
    content = io.BytesIO()
    picture.save(content, kind, **options)
    content.seek(0)
    content.name = f"IMG_1.{kind.lower()}"
    return content


def opened(content: bytes) -> Image.Image:
    picture = Image.open(io.BytesIO(content))
    picture.load()
    return picture


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
def test_each_kind_becomes_a_jpeg_that_fits(kind: str) -> None:
    picture = opened(safe_jpeg(file_of(kind)))

    assert (picture.format, picture.size) == ("JPEG", (1600, 1200))


def test_a_phones_heic_is_taken_without_what_it_says_of_the_phone() -> None:
    with HEIC.open("rb") as file:
        picture = opened(safe_jpeg(file))

    assert (picture.format, picture.size) == ("JPEG", (1600, 1200))
    assert dict(picture.getexif()) == {}
    assert picture.getpixel((10, 10)) != picture.getpixel((1500, 1100))


def test_place_and_camera_are_taken_out_and_the_picture_is_upright() -> None:
    exif = Image.Exif()
    exif[0x0112] = 6  # the camera was held upright: turn it by a quarter
    exif[0x010F] = "A phone of somebody"
    exif[PLACE] = {1: "N", 2: (30.0, 25.0, 12.0)}
    sent = file_of("JPEG", exif=exif, comment=b"secret words", icc_profile=b"secret profile")

    content = safe_jpeg(sent)

    picture = opened(content)
    assert picture.size == (1200, 1600)
    assert dict(picture.getexif()) == {}
    assert b"secret" not in content
    # what was on the left is above now
    assert picture.getpixel((600, 100))[0] < picture.getpixel((600, 1500))[0]  # type: ignore[index]


def test_a_hundred_and_eight_megapixels_are_taken() -> None:
    assert opened(safe_jpeg(file_of("JPEG", (12000, 9000), quality=10))).size == (1600, 1200)


def test_one_that_must_be_held_whole_is_named_before_it_is_decoded() -> None:
    """The coefficients of a JPEG in several passes take three bytes a pixel."""
    sent = file_of("JPEG", (12000, 9000), quality=10, progressive=True)

    with pytest.raises(PhotoTooSlow):
        safe_jpeg(sent)

    assert safe_jpeg(file_of("JPEG", (4000, 3000), progressive=True))


@pytest.mark.parametrize("size", [(20_000, 20_000), (8_000, 5_000), (2**31 - 1, 2**31 - 1)])
def test_a_bomb_is_refused_by_its_head(size: tuple[int, int]) -> None:
    with pytest.raises(PhotoTooManyPixels) as refused:
        safe_jpeg(io.BytesIO(png_that_says(*size)))

    assert f"{size[0]} × {size[1]} pixels" in str(refused.value)


def test_a_file_too_heavy_is_refused_unread(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(photo_files, "LARGEST_BYTES", 100)

    with pytest.raises(PhotoTooLarge):
        safe_jpeg(file_of("JPEG"))


@pytest.mark.parametrize(
    ("program", "error"),
    [
        ("while True: bytearray(2**24).hex()", PhotoTooSlow),
        ("import os; os.kill(os.getpid(), 11)", PhotoTooSlow),
        ("raise MemoryError", PhotoRefused),
        ("print('memory', end='')", PhotoTooSlow),
        ("print('not a picture')", PhotoRefused),
    ],
)
def test_a_decoder_that_hangs_or_falls_refuses_one_photograph(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, program: str, error: type[PhotoRefused]
) -> None:
    decoder = tmp_path / "decoder.py"
    decoder.write_text(program)
    monkeypatch.setattr(photo_files, "_DECODER", str(decoder))
    monkeypatch.setattr(photo_files, "_WAIT_SECONDS", 1)

    with pytest.raises(error):
        safe_jpeg(file_of("JPEG"))

    monkeypatch.undo()
    assert safe_jpeg(file_of("JPEG"))


def test_transparent_parts_become_white() -> None:
    content = io.BytesIO()
    Image.new("RGBA", (50, 50), (0, 0, 0, 0)).save(content, "PNG")
    content.seek(0)

    assert opened(safe_jpeg(content)).getpixel((20, 20)) == (255, 255, 255)


@pytest.mark.parametrize("mode", ["1", "L", "LA", "P", "RGBA", "I;16", "CMYK"])
def test_every_way_of_storing_colours_is_read(mode: str) -> None:
    content = io.BytesIO()
    kind = "JPEG" if mode == "CMYK" else "PNG"
    picture = Image.new("L", (40, 30), 200)
    made = Image.new("I;16", (40, 30), 200 * 256) if mode == "I;16" else picture.convert(mode)
    made.save(content, kind)
    content.seek(0)

    read = opened(safe_jpeg(content))

    assert read.mode == "RGB"
    shade = read.convert("L").getpixel((20, 15))
    assert isinstance(shade, int)
    assert mode == "1" or abs(shade - 200) < 6


def test_the_refused_ones_are_named_and_the_others_kept() -> None:
    bomb, text = io.BytesIO(png_that_says(20_000, 20_000)), io.BytesIO(b"<svg onload='alert(1)'/>")
    bomb.name, text.name = "bomb.png", "صورة.jpg"

    taken, refused = read_photos([file_of("JPEG"), bomb, file_of("PNG"), text, io.BytesIO()])

    assert [opened(content).size for content in taken] == [(1600, 1200)] * 2
    assert [photo.name for photo in refused] == ["bomb.png", "صورة.jpg", "?"]
    assert "20000 × 20000 pixels" in str(refused[0])
    assert "This photo cannot be read. Use JPEG, HEIC, PNG or WebP." in str(refused[1])


def test_no_more_are_opened_than_there_is_room_for(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[bytes] = []
    answers = [b"\xff\xd8"]

    def decoded(data: bytes) -> bytes:
        asked.append(data)
        return answers[0]

    monkeypatch.setattr(photo_files, "_decoded", decoded)

    taken, refused = read_photos([file_of("JPEG", (20, 20)) for _ in range(20)])

    assert len(taken) == len(asked) == MOST_PHOTOS
    assert {type(photo.error) for photo in refused} == {TooManyPhotos}
    # and a hundred files that are none do not keep the machine busy
    answers[0] = b"unreadable"
    asked.clear()
    assert len(read_photos([io.BytesIO(b"x") for _ in range(100)])[1]) == 100
    assert len(asked) == 2 * MOST_PHOTOS


@settings(max_examples=6, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.sampled_from(["JPEG", "PNG", "WEBP", "HEIC"]), st.data())
def test_a_damaged_file_is_refused_or_read_and_nothing_else(kind: str, data: st.DataObject) -> None:
    whole = HEIC.read_bytes() if kind == "HEIC" else file_of(kind, (64, 48)).getvalue()
    at = data.draw(st.integers(0, len(whole) - 1))
    noise = data.draw(st.binary(max_size=64))
    damaged = whole[:at] + noise + whole[at + len(noise) :]

    taken, refused = read_photos([io.BytesIO(damaged[: data.draw(st.integers(0, len(damaged)))])])

    assert len(taken) + len(refused) == 1
    assert all(opened(content).format == "JPEG" for content in taken)
