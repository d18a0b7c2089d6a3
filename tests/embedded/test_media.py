"""Pictures that another program sends to the embedded engine: no bomb is kept or opened."""

import io
import struct
import zlib
from pathlib import Path

import pytest
from pytest_django import Settings

from marketplace.embedded import media
from marketplace.embedded.errors import CommandError


def png_that_says(width: int, height: int) -> io.BytesIO:
    def part(name: bytes, data: bytes) -> bytes:
        return (
            struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))
        )

    head = part(b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0))
    body = part(b"IDAT", zlib.compress(b"")) + part(b"IEND", b"")
    return io.BytesIO(b"\x89PNG\r\n\x1a\n" + head + body)


@pytest.mark.parametrize("side", [7_000, 10_000, 20_000, 2**31 - 1])
def test_a_bomb_is_refused_as_saleor_refuses(side: int, settings: Settings, tmp_path: Path) -> None:
    settings.EMBEDDED_ENGINE = {**settings.EMBEDDED_ENGINE, "MEDIA_ROOT": tmp_path}

    with pytest.raises(CommandError) as refused:
        media.save_image(png_that_says(side, side), folder="products")

    assert [problem.code for problem in refused.value.problems] == ["INVALID"]
    assert not list(tmp_path.rglob("*.*"))
