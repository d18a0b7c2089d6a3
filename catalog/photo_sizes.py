"""Photographs in smaller widths, made from our own JPEG when one is first asked for, and kept."""

import io
from typing import IO, Any

from django.core.files.base import ContentFile
from PIL import Image

from marketplace.core.picture_sizes import WIDTHS, kept_name

QUALITY = 78


def open_in_width(photo: Any, width: int) -> IO[bytes]:
    """The ``file`` of a row as WebP, at most ``width`` pixels wide and never larger than it is.

    Raises FileNotFoundError where the photograph's own file is gone, KeyError for a width that is
    none of ``WIDTHS``.
    """
    if width not in WIDTHS:
        raise KeyError(width)
    storage, saved = photo.file.storage, str(photo.file.name)
    name = kept_name(saved, width)
    if not storage.exists(name):
        with storage.open(saved) as original:
            made = _webp(original, width)
        kept = storage.save(name, ContentFile(made))
        if kept != name:
            # Somebody else made it at the same moment.
            storage.delete(kept)
    opened: IO[bytes] = storage.open(name)
    return opened


def _webp(original: IO[bytes], width: int) -> bytes:
    with Image.open(original, formats=("JPEG",)) as picture:
        height = max(1, round(picture.height * width / picture.width))
        # A JPEG is decoded at a fraction of its size where that is enough.
        picture.draft("RGB", (width, height))
        picture.thumbnail((width, height), reducing_gap=2.0)
        made = io.BytesIO()
        picture.save(made, "WEBP", quality=QUALITY, method=4)
    return made.getvalue()
