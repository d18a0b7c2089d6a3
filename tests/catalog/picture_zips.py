"""Pictures, and ZIPs of them as people and their computers make them."""

import io
import warnings
import zipfile
from collections.abc import Mapping

from PIL import Image


def picture(colour: str = "#c9a06a", kind: str = "JPEG") -> bytes:
    """A small picture of one colour."""
    content = io.BytesIO()
    Image.new("RGB", (40, 30), colour).save(content, kind)
    return content.getvalue()


def zipped(files: Mapping[str, bytes] | list[tuple[str, bytes]]) -> bytes:
    """A ZIP of files, also of several with one name."""
    content = io.BytesIO()
    pairs = files.items() if isinstance(files, Mapping) else files
    with warnings.catch_warnings(), zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as archive:
        warnings.simplefilter("ignore", UserWarning)
        for name, data in pairs:
            archive.writestr(zipfile.ZipInfo(name), data)
    return content.getvalue()


def locked(content: bytes) -> bytes:
    """The same ZIP, whose files say that they have a password."""
    changed = bytearray(content)
    for sign, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        at = changed.find(sign)
        while at >= 0:
            changed[at + offset] |= 1
            at = changed.find(sign, at + 4)
    return bytes(changed)


def old_names(name: str, encoding: str) -> bytes:
    """A ZIP of a program that writes names in a code page and does not say so."""
    raw = name.encode(encoding)
    content = zipped({"x" * len(raw): picture()})
    return content.replace(b"x" * len(raw), raw)
