"""A small picture of a file that somebody chose, if it is a photograph."""

import io
from collections.abc import Iterator
from contextlib import contextmanager
from typing import IO

from PIL import Image, ImageOps, UnidentifiedImageError

_SIDE = 320
# JPEG is decoded at the small size at once; of others only what a phone takes is tried.
_MOST_PIXELS = 12_000_000
_FORMATS = ("JPEG", "PNG", "WEBP")
_UNREADABLE = (
    UnidentifiedImageError,
    OSError,
    ValueError,
    SyntaxError,
    # Far too many pixels: told before anything is decoded.
    Image.DecompressionBombError,
    Image.DecompressionBombWarning,
)


def is_picture(file: IO[bytes]) -> bool:
    """Whether ``thumbnail`` can be tried: by the file's head, whatever its name says it is."""
    try:
        with _opened(file):
            return True
    except _UNREADABLE:
        return False


def thumbnail(content: bytes) -> bytes | None:
    """A JPEG of at most 320 pixels a side; None for what is no picture, or too large a one."""
    try:
        with _opened(io.BytesIO(content)) as picture:
            small = ImageOps.exif_transpose(picture).convert("RGB")
    except _UNREADABLE:
        return None
    small.thumbnail((_SIDE, _SIDE))
    target = io.BytesIO()
    small.save(target, "JPEG", quality=80)
    return target.getvalue()


@contextmanager
def _opened(file: IO[bytes]) -> Iterator[Image.Image]:
    with Image.open(file, formats=_FORMATS) as picture:
        picture.draft("RGB", (_SIDE, _SIDE))
        if picture.width * picture.height > _MOST_PIXELS:
            raise ValueError("too many pixels")
        yield picture
